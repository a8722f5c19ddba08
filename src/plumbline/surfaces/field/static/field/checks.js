/* What can be checked without the server. Limits come with the work package; the server's verdict is the one that counts. */

const CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/* 统一社会信用代码 with its check digit (GB 32100-2015). */
export function isCreditCode(text) {
  const code = text.trim().toUpperCase();
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * CODE.indexOf(code[at]), 0);
  return CODE[(31 - (sum % 31)) % 31] === code[17];
}

/* 身份证号 with its check digit (GB 11643-1999). */
export function isIdentityNumber(text) {
  const number = text.trim().toUpperCase();
  if (!/^\d{17}[\dX]$/.test(number)) return false;
  let sum = 0;
  for (let at = 0; at < 17; at += 1) sum += Number(number[at]) * (2 ** (17 - at) % 11);
  return "10X98765432"[sum % 11] === number[17];
}

export function bornOn(identity) {
  return `${identity.slice(6, 10)}-${identity.slice(10, 12)}-${identity.slice(12, 14)}`;
}

/* Yuan as typed, in fen; NaN where it is no amount. Full-width digits are as good as others. */
export function fenOf(text) {
  const plain = text.trim().normalize("NFKC").replace(/[,，元]/g, "");
  if (!/^\d+(\.\d{1,2})?$/.test(plain)) return NaN;
  const [whole, cents = ""] = plain.split(".");
  return Number(whole) * 100 + Number((cents + "00").slice(0, 2));
}

export function yuan(fen) {
  const [whole, cents] = [Math.floor(fen / 100), fen % 100];
  return cents ? `${whole}.${String(cents).padStart(2, "0")} 元` : `${whole} 元`;
}

/* What speaks against the amount, from the package: the limit of the procedure and the range of the item. */
export function fineFault(fine, power, party) {
  if (!Number.isSafeInteger(fine) || fine <= 0) return "请填写罚款数额，例如 50。";
  const limit = power.limits[party];
  if (limit === null || limit === undefined) return "任务包没有这类当事人的当场处罚限额，不能当场罚款。请改用普通程序。";
  if (fine > limit) return `超过当场处罚的限额 ${yuan(limit)}（行政处罚法第五十一条）。请改用普通程序。`;
  const range = power.ranges.find((each) => each.party === party || (each.party === "organization" && party !== "natural_person"));
  if (range && (fine < range.min || fine > range.max)) {
    return `不在该事项的罚款幅度 ${yuan(range.min)} 至 ${yuan(range.max)} 之内。请核对；从轻、减轻的请选择情形。`;
  }
  return "";
}
