// The pages of a PDF as pictures; words in it are not looked at, only what is drawn.

import { NoParts } from "./decoding.js";

/** A page of which there was no picture at any size: nobody knows what is on it. */
class NotDrawn extends Error {
  problem = "not-drawn";
}

/** Pages that were not looked at. */
class TooMany extends Error {
  problem = "too-many";
}

const DPI = [200, 300];
const LONGEST = 4096; // px

/** Pictures of the first `most` pages, each at two sizes; of no PDF none. Throws NoParts; last NotDrawn, TooMany. */
export async function* pages(data, base, most) {
  const { getDocument, GlobalWorkerOptions } = await import("./pdf.js").catch(() => Promise.reject(new NoParts()));
  GlobalWorkerOptions.workerSrc = `${base}/pdf.worker.js`;
  const options = { data, isEvalSupported: false, disableFontFace: true, useSystemFonts: false, enableXfa: false, useWasm: false, verbosity: 0 };
  const loading = getDocument(options);
  try {
    const pdf = await loading.promise.catch(() => null);
    let failed = false;
    for (let n = 1; pdf && n <= Math.min(pdf.numPages, most); n++) {
      let sizes = 0;
      for (const dpi of DPI) {
        const picture = await drawn(pdf, n, dpi).catch(() => null);
        if (!picture) continue;
        sizes++;
        yield picture;
      }
      failed ||= sizes === 0;
    }
    if (failed) throw new NotDrawn();
    if (pdf?.numPages > most) throw new TooMany();
  } finally {
    await loading.destroy();
  }
}

async function drawn(pdf, n, dpi) {
  const page = await pdf.getPage(n);
  const points = page.getViewport({ scale: 1 });
  const scale = Math.min(dpi / 72, LONGEST / Math.max(points.width, points.height));
  const viewport = page.getViewport({ scale });
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(viewport.width);
  canvas.height = Math.ceil(viewport.height);
  const canvasContext = canvas.getContext("2d", { willReadFrequently: true });
  await page.render({ canvasContext, viewport, background: "#fff" }).promise;
  page.cleanup();
  return canvasContext.getImageData(0, 0, canvas.width, canvas.height);
}
