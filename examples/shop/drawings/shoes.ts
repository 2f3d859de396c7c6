import type { Sketch } from "./createSketch.ts";

const SOLE = "#3a3029";
const RUBBER = "#efe9dd";

/** One shoe from the outside, toe to the left. */
export function drawShoe(sketch: Sketch, cut: string): void {
  (DRAWERS[cut] ?? loafer)(sketch);
}

const DRAWERS: Readonly<Record<string, (sketch: Sketch) => void>> = {
  loafer,
  mule,
  ballet,
  sneaker,
  sandal,
  pump,
  chelsea,
  "ankle-boot": ankleBoot,
};

function loafer(sketch: Sketch): void {
  inside(sketch, "M300 366C350 340 450 326 496 336L500 372C440 386 360 390 300 366Z");
  lowSole(sketch);
  sketch.piece({
    d: "M84 452C84 420 128 400 190 386C236 374 268 352 300 352C332 356 356 372 400 372C446 370 470 352 496 334C514 352 520 400 516 452Q300 470 84 452Z",
    round: 34,
    folds: [
      { d: "M230 398Q260 420 262 452", width: 10, strength: 0.6 },
      { d: "M200 408Q226 426 230 452", width: 8, strength: 0.5 },
    ],
  });
  sketch.seam("M112 436C150 404 232 398 300 372", 1.8);
  sketch.stitch("M118 444C156 414 236 408 306 380");
  sketch.piece({ d: "M262 366C286 352 312 352 338 366L330 412C306 400 284 398 258 404Z", round: 14 });
  sketch.raw(`<path d="M282 376h30l-6 12h-20Z" fill="${sketch.cloth.inside}" opacity=".8"/>`);
  sketch.seam("M404 374Q420 410 416 454");
}

function mule(sketch: Sketch): void {
  sketch.piece({ d: "M318 440C380 420 470 418 520 430L516 456H310Z", fill: "#caa57c", round: 14 });
  lowSole(sketch);
  sketch.piece({
    d: "M84 452C84 420 128 398 190 382C236 370 276 350 314 350C346 362 362 410 372 456Q220 468 84 452Z",
    round: 34,
    folds: [{ d: "M236 392Q262 418 264 454", width: 10, strength: 0.6 }],
  });
  sketch.seam("M112 436C150 402 232 394 300 366", 1.8);
  sketch.piece({ d: "M262 364C286 350 308 348 330 358L344 408C316 398 290 398 262 404Z", round: 14 });
}

function ballet(sketch: Sketch): void {
  inside(sketch, "M220 414C300 404 420 392 500 384L504 424C420 434 300 440 220 414Z");
  sketch.piece({ d: "M86 462Q300 478 520 462L520 474Q300 488 92 474Z", fill: SOLE, round: 6 });
  sketch.piece({
    d: "M84 462C78 430 124 412 176 404C206 400 224 406 240 418C300 444 420 436 500 378C520 396 526 432 522 464Q300 480 84 462Z",
    round: 30,
    folds: [{ d: "M176 420Q190 440 186 464", width: 8, strength: 0.5 }],
  });
  sketch.stitch("M180 410C208 408 224 414 240 425C300 452 424 442 502 388");
  sketch.raw(
    `<g fill="${sketch.cloth.base}" stroke="${sketch.cloth.line}" stroke-width="1.2"><path d="M214 410c-18-14-34-12-36-2s18 12 36 4Z"/><path d="M218 410c10-16 28-18 32-8s-14 14-32 10Z"/><circle cx="216" cy="411" r="4.5"/></g>`,
  );
}

function sneaker(sketch: Sketch): void {
  inside(sketch, "M330 330C370 306 440 300 486 312L490 350H330Z");
  sketch.piece({ d: "M74 452Q72 486 96 490H510Q530 488 528 452Z", fill: RUBBER, round: 16 });
  sketch.raw(`<path d="M78 472H527" stroke="#b9ae9c" stroke-width="1.6"/>`);
  sketch.piece({
    d: "M80 456C72 424 112 408 166 398C224 384 268 348 316 316C336 320 348 340 380 346C430 350 462 334 490 308C508 330 524 390 526 456Z",
    round: 36,
    folds: [
      { d: "M214 408Q236 428 232 456", width: 9, strength: 0.5 },
      { d: "M470 360Q494 400 492 452", width: 10, strength: 0.4 },
    ],
  });
  sketch.seam("M170 400C206 414 222 430 226 456", 1.6);
  sketch.seam("M402 350C392 392 404 430 420 456", 1.6);
  sketch.stitch("M410 352C400 392 412 430 428 456");
  sketch.piece({ d: "M196 396C244 380 284 346 318 318L348 342C320 372 282 404 240 424Z", round: 14 });
  for (const [x, y] of [
    [230, 396],
    [252, 382],
    [273, 366],
    [293, 350],
    [311, 336],
  ] as const) {
    sketch.raw(
      `<path d="M${x - 11} ${y - 9}L${x + 15} ${y + 11}" stroke="#f7f3ea" stroke-width="6" stroke-linecap="round"/><path d="M${x - 11} ${y - 6}L${x + 15} ${y + 14}" stroke="#2a2420" stroke-opacity=".25" stroke-width="1.4"/>`,
    );
  }
}

function sandal(sketch: Sketch): void {
  sketch.piece({
    d: "M80 456C110 440 200 436 300 444C400 452 470 436 524 420Q534 446 522 474Q300 492 96 486Q76 478 80 456Z",
    fill: "#b08d66",
    round: 16,
  });
  sketch.raw(
    `<path d="M86 472C200 486 400 484 526 456" fill="none" stroke="#6f5339" stroke-width="2" opacity=".6"/>`,
  );
  sketch.piece({ d: "M110 456C120 414 168 386 216 378L286 404C232 410 196 430 186 462Z", round: 18 });
  sketch.piece({ d: "M262 462C240 420 190 392 150 392L196 362C262 366 312 404 334 460Z", round: 18 });
  sketch.piece({ d: "M402 454C404 402 440 356 486 344L508 362C470 376 444 412 440 450Z", round: 14 });
  sketch.raw(
    `<rect x="441" y="380" width="22" height="20" rx="4" transform="rotate(-40 452 390)" fill="none" stroke="#c9a566" stroke-width="4"/>`,
  );
}

function pump(sketch: Sketch): void {
  inside(sketch, "M214 428C300 404 420 350 500 316L508 362C420 410 300 450 214 428Z");
  sketch.piece({ d: "M452 402C482 398 508 388 522 372L516 492H462Q462 440 452 402Z", fill: SOLE, round: 18 });
  sketch.piece({
    d: "M60 478C120 492 200 494 260 480C340 460 400 420 460 404L464 414C400 432 340 472 262 492C190 502 110 500 62 486Z",
    fill: SOLE,
    round: 5,
  });
  sketch.piece({
    d: "M58 480C92 452 140 432 192 424C216 422 232 428 252 432C330 436 430 372 506 308C528 330 532 360 522 384C490 402 440 408 400 426C340 452 300 480 220 488C160 492 100 490 58 480Z",
    round: 30,
    folds: [{ d: "M196 436Q214 456 206 484", width: 8, strength: 0.5 }],
  });
  sketch.stitch("M194 432C220 430 236 436 252 440C334 444 436 380 510 318");
}

function chelsea(sketch: Sketch): void {
  boot(sketch, false);
  sketch.raw(
    `<path d="M366 226C372 290 386 340 408 392L446 392C450 330 450 280 446 220Z" fill="${sketch.cloth.inside}"/>`,
  );
  for (let x = 374; x < 446; x += 6) {
    sketch.raw(
      `<path d="M${x} 224C${x + 4} 290 ${x * 0.7 + 118} 340 ${x * 0.45 + 228} 390" fill="none" stroke="${sketch.cloth.light}" stroke-opacity=".25" stroke-width="1.4"/>`,
    );
  }
  sketch.seam("M366 226C372 290 386 340 408 392L446 392C450 330 450 280 446 220", 1.6);
  sketch.piece({
    d: "M486 214C500 190 516 190 522 212L518 252H504L506 218Q502 208 498 218L496 252H484Z",
    round: 8,
  });
}

function ankleBoot(sketch: Sketch): void {
  boot(sketch, true);
  sketch.raw(
    `<path d="M398 222C402 300 404 370 410 446" fill="none" stroke="#b8b2a8" stroke-width="3.4"/><path d="M398 222C402 300 404 370 410 446" fill="none" stroke="#5a544d" stroke-width="3.4" stroke-dasharray="1.6 2.2"/><rect x="393" y="224" width="9" height="20" rx="3" fill="#c9c3b8"/>`,
  );
  sketch.seam("M222 386C250 410 256 430 258 454", 1.6);
}

function boot(sketch: Sketch, heel: boolean): void {
  sketch.piece({ d: "M332 222Q420 196 512 214L512 236Q420 246 332 240Z", tone: "inside", round: 14 });
  if (heel) sketch.piece({ d: "M410 458H524L516 530H424Q424 480 410 458Z", fill: SOLE, round: 20 });
  sketch.piece({
    d: heel
      ? "M80 462Q250 478 420 466L524 460V474Q440 482 420 480Q250 494 96 482Q78 478 80 462Z"
      : "M78 456H526V484Q300 494 96 490Q76 484 78 456Z",
    fill: heel ? SOLE : "#c7a778",
    round: 8,
  });
  sketch.piece({
    d: "M78 462C74 424 130 402 196 386C262 368 318 336 330 226Q420 238 512 218C522 300 514 350 522 400Q528 440 526 464Q300 480 78 462Z",
    round: 44,
    folds: [
      { d: "M318 346Q360 380 420 380", width: 12, strength: 0.8 },
      { d: "M288 370Q330 408 396 408", width: 11, strength: 0.6 },
      { d: "M232 388Q262 420 260 460", width: 10, strength: 0.5 },
      { d: "M500 260Q486 340 500 440", width: 14, strength: 0.5 },
    ],
  });
}

function lowSole(sketch: Sketch): void {
  sketch.piece({
    d: "M80 448Q300 468 520 448L520 462Q470 472 420 470Q250 482 96 470Q78 466 80 448Z",
    fill: SOLE,
    round: 6,
  });
  sketch.piece({ d: "M404 456H522L518 494H412Z", fill: SOLE, round: 12 });
}

function inside(sketch: Sketch, d: string): void {
  sketch.piece({ d, fill: "#a98562", round: 18 });
}
