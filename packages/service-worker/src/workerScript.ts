import { startVitrineWorker } from "./startVitrineWorker.ts";
import type { WorkerOptions } from "./WorkerOptions.ts";

// The shop's own worker may have said `self.vitrine = {…}` before it imported this script.
startVitrineWorker((globalThis as { vitrine?: WorkerOptions }).vitrine);
