/** The address of the PG's slip; `receipt.example` belongs to nobody. */
export function receiptUrlOf(pgTid: string): string {
  return `https://receipt.example/slips?tid=${encodeURIComponent(pgTid)}`
}
