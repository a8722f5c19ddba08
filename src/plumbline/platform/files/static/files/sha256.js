/* A worker: the SHA-256 of a file of any size, read block by block (FIPS 180-4). Chromium 90. */
"use strict";
var K = (function () {
  var k = new Uint32Array(64), n = 0, p = 2;
  for (; n < 64; p++) { var prime = true; for (var d = 2; d * d <= p; d++) { if (p % d === 0) { prime = false; break; } } if (prime) { k[n++] = (Math.cbrt(p) % 1) * 4294967296; } }
  return k;
})();
function Hash() { this.h = new Uint32Array([0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19]); this.w = new Uint32Array(64); this.rest = new Uint8Array(64); this.held = 0; this.bytes = 0; }
Hash.prototype.block = function (b, at) {
  var w = this.w, h = this.h, i, t1, t2;
  for (i = 0; i < 16; i++, at += 4) { w[i] = (b[at] << 24) | (b[at + 1] << 16) | (b[at + 2] << 8) | b[at + 3]; }
  for (; i < 64; i++) {
    var x = w[i - 15], y = w[i - 2];
    w[i] = (w[i - 16] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3) + w[i - 7] + ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10)) | 0;
  }
  var a = h[0], c1 = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], l = h[7];
  for (i = 0; i < 64; i++) {
    t1 = (l + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    t2 = (((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + ((a & c1) ^ (a & c) ^ (c1 & c))) | 0;
    l = g; g = f; f = e; e = (d + t1) | 0; d = c; c = c1; c1 = a; a = (t1 + t2) | 0;
  }
  h[0] += a; h[1] += c1; h[2] += c; h[3] += d; h[4] += e; h[5] += f; h[6] += g; h[7] += l;
};
Hash.prototype.add = function (b) {
  var at = 0;
  this.bytes += b.length;
  if (this.held) { while (at < b.length && this.held < 64) { this.rest[this.held++] = b[at++]; } if (this.held === 64) { this.block(this.rest, 0); this.held = 0; } }
  for (; at + 64 <= b.length; at += 64) { this.block(b, at); }
  while (at < b.length) { this.rest[this.held++] = b[at++]; }
};
Hash.prototype.hex = function () {
  var bits = this.bytes * 8, end = new Uint8Array(this.held < 56 ? 64 - this.held : 128 - this.held), view = new DataView(end.buffer);
  end[0] = 0x80;
  view.setUint32(end.length - 8, Math.floor(bits / 4294967296));
  view.setUint32(end.length - 4, bits >>> 0);
  this.add(end);
  return Array.prototype.map.call(this.h, function (word) { return ("0000000" + word.toString(16)).slice(-8); }).join("");
};
onmessage = function (event) {
  var file = event.data.file, size = 4 * 1024 * 1024, hash = new Hash(), at = 0;
  function next() {
    if (at >= file.size) { postMessage({ hex: hash.hex() }); return; }
    file.slice(at, at + size).arrayBuffer().then(function (read) {
      hash.add(new Uint8Array(read));
      at += read.byteLength;
      postMessage({ read: at });
      next();
    }, function () { postMessage({ fault: true }); });
  }
  next();
};
