// Runs in the page: shows a fixture to the built pose stream, frame by frame, and gathers what it saw.
import { openPoseStream } from "../../../packages/vision/dist/pose/openPoseStream.js";

const ASSETS = {
  workerUrl: "/packages/vision/dist/bundle/pose-worker.js",
  assetsUrl: "/packages/vision/dist/assets",
};

const once = (target, type) =>
  new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));

async function openVideo(url) {
  const video = Object.assign(document.createElement("video"), {
    muted: true,
    src: URL.createObjectURL(await (await fetch(url)).blob()),
  });
  await once(video, "loadeddata");
  return async (time) => {
    const shown = once(video, "seeked");
    video.currentTime = time;
    await shown;
    return createImageBitmap(video);
  };
}

/** The picture, with noise of so many steps of 255 on each pixel, as a sensor adds it; the same noise in each run. */
async function openPicture(url, noise) {
  const picture = await createImageBitmap(await (await fetch(url)).blob());
  const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  let state = 1;
  return () => {
    context.drawImage(picture, 0, 0);
    const image = context.getImageData(0, 0, picture.width, picture.height);
    for (let i = 0; i < image.data.length; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      if (i % 4 < 3) image.data[i] += ((state / 2 ** 32) * 2 - 1) * noise;
    }
    return createImageBitmap(image);
  };
}

/** Offers what a stream may meet in the field, and says whether it sees a picture after that. */
globalThis.breakStream = async (url) => {
  const frameAt = await openPicture(url, 0);
  const errors = [];
  let told = () => {};
  const stream = openPoseStream({
    ...ASSETS,
    onSighting: (sighting) => told(sighting),
    onError: (error) => errors.push(String(error)),
  });
  const show = async (frame, at) => {
    const seen = new Promise((resolve) => (told = resolve));
    stream.offer(frame, at);
    return (await seen).people.length;
  };
  const people = [await show(await frameAt(), 5000)];
  // Out of order: would break the model's graph for good.
  people.push(await show(await frameAt(), 1000));
  // A frame that is closed already cannot be handed over.
  const closed = await frameAt();
  closed.close();
  stream.offer(closed, 6000);
  people.push(await show(await frameAt(), 7000));
  stream.close();
  return { people, errors, stats: { ...stream.stats } };
};

globalThis.seeFixture = async (url, times, noise) => {
  const sightings = [];
  const errors = [];
  let told = () => {};
  const stream = openPoseStream({
    ...ASSETS,
    onSighting(sighting) {
      sightings.push(sighting);
      told();
    },
    onError: (error) => errors.push(String(error)),
  });
  const frameAt = await (url.endsWith(".mp4") ? openVideo(url) : openPicture(url, noise));
  for (const time of times) {
    const seen = new Promise((resolve) => (told = resolve));
    stream.offer(await frameAt(time), time * 1000);
    await seen;
  }
  stream.close();
  return { sightings, stats: { ...stream.stats }, errors };
};
