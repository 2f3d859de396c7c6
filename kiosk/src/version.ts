/** Version of the mirror's page, as the console shows it. */
export const VERSION = "0.1.0";
