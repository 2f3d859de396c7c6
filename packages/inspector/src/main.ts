import { startInspector } from "./startInspector.tsx";

startInspector();
