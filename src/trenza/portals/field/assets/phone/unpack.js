// MessagePack read back, as much as files and codes of sealed records hold. Anything else throws a RangeError or TypeError.
const utf8 = new TextDecoder("utf-8", { fatal: true });
const DEEPEST = 12;

class Reader {
  at = 0;

  constructor(bytes) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  number(size) {
    const at = this.at;
    this.at += size;
    if (size === 1) return this.view.getUint8(at);
    if (size === 2) return this.view.getUint16(at);
    if (size === 4) return this.view.getUint32(at);
    const value = this.view.getUint32(at) * 2 ** 32 + this.view.getUint32(at + 4);
    if (!Number.isSafeInteger(value)) throw new RangeError("a number too large");
    return value;
  }

  raw(length) {
    if (this.at + length > this.bytes.length) throw new RangeError("cut off");
    this.at += length;
    return this.bytes.slice(this.at - length, this.at);
  }
}

const list = (reader, count, depth) => {
  // Each item takes a byte at least: a count that promises more is a lie, and no room is made for it.
  if (count > reader.bytes.length - reader.at) throw new RangeError("cut off");
  return Array.from({ length: count }, () => read(reader, depth + 1));
};

const map = (reader, count, depth) => {
  const pairs = list(reader, 2 * count, depth);
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [String(pairs[2 * n]), pairs[2 * n + 1]]));
};

const read = (reader, depth) => {
  if (depth > DEEPEST) throw new RangeError("too deep");
  const tag = reader.number(1);
  if (tag < 0x80) return tag;
  if (tag < 0x90) return map(reader, tag & 15, depth);
  if (tag < 0xa0) return list(reader, tag & 15, depth);
  if (tag < 0xc0) return utf8.decode(reader.raw(tag & 31));
  switch (tag) {
    case 0xc0: return null;
    case 0xc2: return false;
    case 0xc3: return true;
    case 0xc4: case 0xc5: case 0xc6: return reader.raw(reader.number(1 << (tag - 0xc4)));
    case 0xcc: case 0xcd: case 0xce: case 0xcf: return reader.number(1 << (tag - 0xcc));
    case 0xd9: case 0xda: case 0xdb: return utf8.decode(reader.raw(reader.number(1 << (tag - 0xd9))));
    case 0xdc: case 0xdd: return list(reader, reader.number(2 << (tag - 0xdc)), depth);
    case 0xde: case 0xdf: return map(reader, reader.number(2 << (tag - 0xde)), depth);
    default: throw new TypeError("no such thing");
  }
};

export const decode = (bytes) => {
  const reader = new Reader(bytes);
  const value = read(reader, 0);
  if (reader.at !== bytes.length) throw new RangeError("more than was said");
  return value;
};
