// The codes in a photo of a certificate, read on the phone itself: by the browser where it can, else by the decoder that
// comes along. A code on paper that is a little out of focus has dots of two pixels, so it is enlarged and sharpened;
// beside it stands a larger code, so parts of the photo are looked at one by one, the busiest first.
import decodeQR from "./qr.js";
import { isShort } from "./compact.js";

const LONGEST = 2400; // of a photo as it is looked at: larger ones are made smaller
const CELLS = 4; // a part is two by two of four by four cells
const PARTS = 5;
const WHOLE = [[0, 0], [1, 2], [2, 2], [2, 3]];
const TRIES = [[3, 2, 2], [2, 2, 2], [3, 2, 4], [3, 3, 3], [2, 0, 0], [4, 2, 4]]; // enlarged, radius, strength

const canvasOf = (width, height) => Object.assign(document.createElement("canvas"), { width, height });

const pause = () => new Promise((resolve) => setTimeout(resolve));

const drawn = (source, [x, y, width, height], scale) => {
  const canvas = canvasOf(Math.round(width * scale), Math.round(height * scale));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(source, x, y, width, height, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
};

const greyOf = ({ data }) => {
  const grey = new Float32Array(data.length / 4);
  for (let n = 0; n < grey.length; n++) grey[n] = 0.3 * data[4 * n] + 0.59 * data[4 * n + 1] + 0.11 * data[4 * n + 2];
  return grey;
};

// The mean of each pixel and those `radius` around it, along one direction.
const smooth = (from, to, count, step, lines, stride, radius) => {
  for (let line = 0; line < lines; line++) {
    const start = line * stride;
    const at = (n) => from[start + Math.min(count - 1, Math.max(0, n)) * step];
    let sum = 0;
    for (let n = -radius; n <= radius; n++) sum += at(n);
    for (let n = 0; n < count; n++) {
      to[start + n * step] = sum / (2 * radius + 1);
      sum += at(n + radius + 1) - at(n - radius);
    }
  }
};

const sharpened = (image, radius, strength) => {
  if (!radius) return image;
  const { width, height, data } = image;
  const grey = greyOf(image);
  const [one, other] = [new Float32Array(grey.length), new Float32Array(grey)];
  for (let pass = 0; pass < 2; pass++) {
    smooth(other, one, width, 1, height, width, radius);
    smooth(one, other, height, width, width, 1, radius);
  }
  for (let n = 0; n < grey.length; n++) {
    const value = grey[n] + strength * (grey[n] - other[n]);
    data[4 * n] = data[4 * n + 1] = data[4 * n + 2] = value;
  }
  return image;
};

// What a code in this part says (nothing where it finds none, or one that it cannot read), and where it stands: its
// corners in the whole picture.
const decoded = (image, [x, y], scale) => {
  let [text, corners] = ["", []];
  const pointsOnDetect = ({ outline }) => (corners = outline || []);
  try {
    text = decodeQR(image, { pointsOnDetect });
  } catch {
    // There is none, or it is too fine, too crooked or too faint.
  }
  return { text, corners: corners.map((point) => [x + point.x / scale, y + point.y / scale]) };
};

// A code that is read is painted over: the decoder sees one at a time, the plainest first.
const paintOver = (canvas, corners) => {
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.beginPath();
  for (const corner of corners) context.lineTo(...corner);
  context.fill();
};

// Where a code was found that could not be read, with some paper around it.
const around = (corners, { width, height }) => {
  const [xs, ys] = [0, 1].map((axis) => corners.map((corner) => corner[axis]));
  const rim = 0.15 * (Math.max(...xs) - Math.min(...xs));
  const [left, top] = [Math.max(0, Math.min(...xs) - rim), Math.max(0, Math.min(...ys) - rim)];
  return [left, top, Math.min(width, Math.max(...xs) + rim) - left, Math.min(height, Math.max(...ys) + rim) - top];
};

// Parts of the picture, two cells wide and high each, those first in which most changes from one pixel to the next.
const busiest = (source, width, height) => {
  const small = drawn(source, [0, 0, width, height], Math.min(1, 600 / Math.max(width, height)));
  const grey = greyOf(small);
  const cells = new Float64Array(CELLS * CELLS);
  for (let y = 0; y < small.height; y++) {
    for (let x = 1; x < small.width; x++) {
      const cell = Math.floor((y * CELLS) / small.height) * CELLS + Math.floor((x * CELLS) / small.width);
      cells[cell] += Math.abs(grey[y * small.width + x] - grey[y * small.width + x - 1]);
    }
  }
  const parts = [];
  for (let row = 0; row < CELLS - 1; row++) {
    for (let column = 0; column < CELLS - 1; column++) {
      const first = row * CELLS + column;
      const busy = cells[first] + cells[first + 1] + cells[first + CELLS] + cells[first + CELLS + 1];
      parts.push([busy, [(column * width) / CELLS, (row * height) / CELLS, width / 2, height / 2]]);
    }
  }
  return parts.sort(([one], [other]) => other - one).slice(0, PARTS).map(([, part]) => part);
};

const byBrowser = async (source) => {
  try {
    const found = await new BarcodeDetector({ formats: ["qr_code"] }).detect(source);
    return found.map(({ rawValue }) => rawValue);
  } catch {
    return []; // there is no such thing in this browser
  }
};

const byUs = async (source) => {
  const shrunk = Math.min(1, LONGEST / Math.max(source.width, source.height));
  const paper = canvasOf(Math.round(source.width * shrunk), Math.round(source.height * shrunk));
  paper.getContext("2d", { willReadFrequently: true }).drawImage(source, 0, 0, paper.width, paper.height);
  const whole = [0, 0, paper.width, paper.height];
  const found = [];
  const seen = [];
  const look = async (part, scale, radius, strength) => {
    await pause();
    const fits = Math.min(scale, LONGEST / Math.max(part[2], part[3]));
    const { text, corners } = decoded(sharpened(drawn(paper, part, fits), radius, strength), part, fits);
    if (text) {
      found.push(text);
      paintOver(paper, corners);
    } else if (part === whole && corners.length) seen.push(around(corners, paper));
    return isShort(text);
  };
  for (const [radius, strength] of WHOLE) if (await look(whole, 1, radius, strength)) return found;
  for (const parts of [seen, busiest(paper, paper.width, paper.height)]) {
    for (const [scale, radius, strength] of TRIES) for (const part of parts) if (await look(part, scale, radius, strength)) return found;
  }
  return found;
};

// What its codes say, the one that is checked here first; nothing where none can be read.
export const codesIn = async (file) => {
  const source = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    const first = await byBrowser(source);
    const all = first.some(isShort) ? first : [...first, ...(await byUs(source))];
    return [...new Set(all.filter(Boolean))].sort((one, other) => isShort(other) - isShort(one));
  } finally {
    source.close();
  }
};
