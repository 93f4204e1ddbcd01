// Pictures to texts: zxing in a worker of its own.

/** The worker or what it needs can't be loaded. */
export class NoParts extends Error {
  problem = "no-parts";
}

export class Decoder {
  constructor(base) {
    this.worker = new Worker(`${base}/scan-worker.js`);
    this.waiting = null;
    this.worker.onmessage = ({ data }) => this.settle(data.texts ? ["resolve", data.texts] : ["reject", new NoParts()]);
    this.worker.onerror = () => this.settle(["reject", new NoParts()]);
  }

  settle([how, value]) {
    this.waiting?.[how](value);
    this.waiting = null;
  }

  /** The texts of the QR codes in `image` (ImageData), which is given away. One picture at a time. Throws NoParts. */
  texts(image, thorough) {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.worker.postMessage({ image, thorough }, [image.data.buffer]);
    });
  }

  close() {
    this.worker.terminate();
    this.settle(["resolve", []]);
  }
}

/** Of several codes on a paper ours, wherever it leads. */
export const ours = (texts, host) =>
  texts.find((text) => text.toLowerCase().startsWith(`https://${host}/c/`)) ??
  texts.find((text) => /^https:\/\/[^/]+\/C\//i.test(text)) ??
  texts[0] ??
  null;

/** `source` (a frame or a picture of `width` by `height`) drawn at most `most` pixels long. */
export function pixels(source, width, height, most) {
  const scale = Math.min(1, most / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
