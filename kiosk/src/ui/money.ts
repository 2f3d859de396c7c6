/** An amount as people of a language write it; a currency that does not exist is written as it stands. */
export function money(amount: number, currency: string | undefined, language: string): string {
  try {
    return amount.toLocaleString(language, currency ? { style: "currency", currency } : undefined);
  } catch {
    return `${amount} ${currency ?? ""}`;
  }
}
