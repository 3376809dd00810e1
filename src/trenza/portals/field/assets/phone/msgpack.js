// MessagePack, as much as acts and batches need: numbers, text, bytes, lists, maps, booleans, nil. Anything else throws.
const utf8 = new TextEncoder();

class Writer {
  bytes = new Uint8Array(256);
  length = 0;

  room(count) {
    const end = this.length + count;
    if (end > this.bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.bytes.length));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
    const view = new DataView(this.bytes.buffer, this.length, count);
    this.length = end;
    return view;
  }

  byte(value) {
    this.room(1).setUint8(0, value);
  }

  // A tag and a number of 1, 2, 4 or 8 bytes.
  tagged(tag, size, value) {
    const view = this.room(1 + size);
    view.setUint8(0, tag);
    if (size === 1) view.setUint8(1, value);
    else if (size === 2) view.setUint16(1, value);
    else if (size === 4) view.setUint32(1, value);
    else {
      // Both halves are taken modulo 2^32, so a negative number becomes its two's complement.
      view.setUint32(1, Math.floor(value / 2 ** 32));
      view.setUint32(5, value);
    }
  }

  raw(bytes) {
    this.room(bytes.length);
    this.bytes.set(bytes, this.length - bytes.length);
  }
}

const integer = (out, value) => {
  if (value >= 0) {
    if (value < 0x80) out.byte(value);
    else if (value < 0x100) out.tagged(0xcc, 1, value);
    else if (value < 0x10000) out.tagged(0xcd, 2, value);
    else if (value < 0x100000000) out.tagged(0xce, 4, value);
    else out.tagged(0xcf, 8, value);
  } else if (value >= -0x20) out.byte(0x100 + value);
  else if (value >= -0x80) out.tagged(0xd0, 1, value);
  else if (value >= -0x8000) out.tagged(0xd1, 2, value);
  else if (value >= -0x80000000) out.tagged(0xd2, 4, value);
  else out.tagged(0xd3, 8, value);
};

const number = (out, value) => {
  if (Number.isSafeInteger(value)) return integer(out, value);
  if (!Number.isFinite(value) || Number.isInteger(value)) throw new TypeError("no such number");
  const view = out.room(9);
  view.setUint8(0, 0xcb);
  view.setFloat64(1, value);
};

// `small` is the tag that holds a short length itself, below `most`; `tags` those of 1, 2 and 4 bytes (0: there is none).
const length = (out, count, small, most, tags) => {
  if (count < most) out.byte(small | count);
  else if (tags[0] && count < 0x100) out.tagged(tags[0], 1, count);
  else if (count < 0x10000) out.tagged(tags[1], 2, count);
  else out.tagged(tags[2], 4, count);
};

const write = (out, value) => {
  if (value === null) out.byte(0xc0);
  else if (typeof value === "boolean") out.byte(value ? 0xc3 : 0xc2);
  else if (typeof value === "number") number(out, value);
  else if (typeof value === "string") {
    const bytes = utf8.encode(value);
    length(out, bytes.length, 0xa0, 32, [0xd9, 0xda, 0xdb]);
    out.raw(bytes);
  } else if (value instanceof Uint8Array) {
    length(out, value.length, 0, 0, [0xc4, 0xc5, 0xc6]);
    out.raw(value);
  } else if (Array.isArray(value)) {
    length(out, value.length, 0x90, 16, [0, 0xdc, 0xdd]);
    for (const item of value) write(out, item);
  } else if (value && Object.getPrototypeOf(value) === Object.prototype) {
    const pairs = Object.entries(value);
    length(out, pairs.length, 0x80, 16, [0, 0xde, 0xdf]);
    for (const pair of pairs) pair.forEach((part) => write(out, part));
  } else throw new TypeError("no MessagePack for " + typeof value);
};

export const encode = (value) => {
  const out = new Writer();
  write(out, value);
  return out.bytes.slice(0, out.length);
};
