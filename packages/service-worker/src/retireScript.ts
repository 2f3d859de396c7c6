import { retireWorker } from "./retireWorker.ts";
import type { WorkerOptions } from "./WorkerOptions.ts";

retireWorker((globalThis as { vitrine?: WorkerOptions }).vitrine);
