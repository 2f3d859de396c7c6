// Runs in the page: shows a fixture to the built pose stream, frame by frame, and gathers what it saw.
import { openPoseStream } from "../../../packages/vision/dist/pose/openPoseStream.js";

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

async function openPicture(url) {
  const bytes = await (await fetch(url)).blob();
  return () => createImageBitmap(bytes);
}

globalThis.seeFixture = async (url, times) => {
  const sightings = [];
  const errors = [];
  let told = () => {};
  const stream = openPoseStream({
    workerUrl: "/packages/vision/dist/bundle/pose-worker.js",
    assetsUrl: "/packages/vision/dist/assets",
    onSighting(sighting) {
      sightings.push(sighting);
      told();
    },
    onError: (error) => errors.push(String(error)),
  });
  const frameAt = await (url.endsWith(".mp4") ? openVideo(url) : openPicture(url));
  for (const time of times) {
    const seen = new Promise((resolve) => (told = resolve));
    stream.offer(await frameAt(time), time * 1000);
    await seen;
  }
  stream.close();
  return { sightings, stats: { ...stream.stats }, errors };
};
