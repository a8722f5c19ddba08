/* The phone's time, written as the event contract writes it: China time, whatever zone the phone is set to. */

const EIGHT = 8 * 3600 * 1000;

export function instant(ms = Date.now()) {
  return `${new Date(ms + EIGHT).toISOString().slice(0, 19)}+08:00`;
}

export function today(ms = Date.now()) {
  return instant(ms).slice(0, 10);
}

export function inDays(days) {
  return today(Date.now() + days * 86400000);
}

export function clockTime(text) {
  return text ? text.slice(11, 16) : "";
}

export function short(text) {
  return text ? `${Number(text.slice(5, 7))} 月 ${Number(text.slice(8, 10))} 日 ${text.slice(11, 16)}` : "";
}

export function chineseDay(day) {
  return `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
}
