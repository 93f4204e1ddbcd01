// The QR decoder of the kiosk, as WebAssembly, away from the page's own thread.
"use strict";

importScripts("zxing.js");

const overrides = { locateFile: (name) => new URL(name, self.location.href).href };
const loaded = ZXingWASM.prepareZXingModule({ overrides, fireImmediately: true });

self.onmessage = async ({ data: { image, thorough } }) => {
  try {
    await loaded;
    const options = { formats: ["QRCodeModel2"], tryHarder: thorough, tryInvert: thorough, maxNumberOfSymbols: 8 };
    const found = await ZXingWASM.readBarcodes(image, options);
    self.postMessage({ texts: found.filter((each) => each.isValid).map((each) => each.text) });
  } catch {
    self.postMessage({ texts: null });
  }
};
