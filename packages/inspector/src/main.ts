import { takeToken } from "./preview/readPreview.ts";
import { startPreview } from "./preview/startPreview.ts";
import { startInspector } from "./startInspector.tsx";

const token = takeToken();
if (token === undefined) startInspector();
else void startPreview(token);
