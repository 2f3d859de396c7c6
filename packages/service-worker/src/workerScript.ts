import { startVitrineWorker } from "./startVitrineWorker.ts";
import type { ShopWorkerOptions } from "./ShopWorkerOptions.ts";

// The shop's own worker may have said `self.vitrine = {…}` before it imported this script.
startVitrineWorker((globalThis as { vitrine?: ShopWorkerOptions }).vitrine);
