import { retireWorker } from "./retireWorker.ts";
import type { ShopWorkerOptions } from "./ShopWorkerOptions.ts";

retireWorker((globalThis as { vitrine?: ShopWorkerOptions }).vitrine);
