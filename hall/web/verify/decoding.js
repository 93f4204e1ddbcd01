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

/** Papers of ours lie side by side, or on pages of one file; one answer would hide what the others are worth. */
class Several extends Error {
  problem = "several";
}

/** What was read so far of one thing that is shown to us, picture by picture. The same code again is nothing new. */
export class Readings {
  constructor(host) {
    this.address = `https://${host}/c/`;
    this.texts = new Set();
  }

  /** Throws Several. */
  add(texts) {
    for (const text of texts) this.texts.add(text);
    if (this.papers().length > 1) throw new Several();
  }

  /** The texts that are ours, wherever they lead. */
  papers() {
    return [...this.texts].filter((text) => text.toLowerCase().startsWith(this.address));
  }

  /** The paper of ours, else another's code, first of all one that imitates ours; null where there is none. */
  best() {
    const texts = [...this.texts];
    return this.papers()[0] ?? texts.find((text) => /^https:\/\/[^/]+\/C\//i.test(text)) ?? texts[0] ?? null;
  }
}

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
