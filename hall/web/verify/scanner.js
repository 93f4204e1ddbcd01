// Live pictures of the camera, and files: photos and PDFs.

import { Decoder, NoParts, pixels, Readings } from "./decoding.js";

const FRAME = 1280; // px along the longer side
const THOROUGH = 5; // of so many frames one is looked at for long
const PATIENT = 2 * THOROUGH; // frames in which another's code is seen before it is the answer
const SIZES = [2000, 4096];
const LARGEST = 30e6;
const PAGES = 10;

/** The camera is not there, or not allowed. */
class NoCamera extends Error {
  problem = "no-camera";
}

class TooLarge extends Error {
  problem = "too-large";
}

/** The text of the paper that the camera sees; null once `stopped` is signalled. Throws NoCamera, NoParts, Several. */
export async function live(video, host, base, stopped) {
  const camera = await opened();
  const decoder = new Decoder(base);
  const end = () => {
    camera.getTracks().forEach((track) => track.stop());
    decoder.close();
  };
  stopped.addEventListener("abort", end);
  try {
    video.srcObject = camera;
    await video.play();
    let others = 0; // frames with nothing but what is not ours
    for (let n = 1; !stopped.aborted; n++) {
      await frame(video); // the newest one: those that came while the last was read are gone
      if (stopped.aborted) break;
      const image = pixels(video, video.videoWidth, video.videoHeight, FRAME);
      const seen = new Readings(host);
      seen.add(await decoder.texts(image, n % THOROUGH === 0));
      const text = seen.best();
      if (seen.papers().length || (text !== null && ++others >= PATIENT)) return text;
    }
    return null;
  } finally {
    end();
  }
}

async function opened() {
  try {
    const wanted = { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } };
    return await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
  } catch {
    throw new NoCamera();
  }
}

const frame = (video) =>
  new Promise((resolve) => {
    if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(resolve);
    else requestAnimationFrame(resolve);
  });

/**
 * The text of the paper in a photo or a PDF; null where there is none.
 * Throws NoParts, NotDrawn, Several, TooLarge, TooMany.
 */
export async function inFile(file, host, base) {
  if (file.size > LARGEST) throw new TooLarge();
  const decoder = new Decoder(base);
  try {
    const seen = new Readings(host);
    for await (const image of pictures(file, base)) seen.add(await decoder.texts(image, true));
    return seen.best();
  } finally {
    decoder.close();
  }
}

async function* pictures(file, base) {
  const start = new TextDecoder("latin1").decode(await file.slice(0, 1024).arrayBuffer());
  if (start.includes("%PDF-")) {
    const { pages } = await import("./pdf-pages.js").catch(() => Promise.reject(new NoParts()));
    yield* pages(await file.arrayBuffer(), base, PAGES);
    return;
  }
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return;
  const { width, height } = picture;
  for (const [n, size] of SIZES.entries()) {
    if (n > 0 && Math.max(width, height) <= SIZES[n - 1]) break; // it would be the same again
    yield pixels(picture, width, height, size);
  }
  picture.close();
}
