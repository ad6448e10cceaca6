import type { HttpHistory } from './checkers/http-history.ts'

/** Draws a history as a table, earliest first, to find the cause of a violation. */
export function drawHistory({
  operations,
  deliveries,
  payments,
  issues,
  faultWindows,
}: HttpHistory): string {
  const began = operations[0]?.from ?? 0
  const at = (ms: number): string => String(Math.round(ms - began)).padStart(6)
  const rows = [
    ...operations.map((each) => ({
      at: each.from,
      cells: [
        `${at(each.from)} –${at(each.to)}`,
        each.merchant_uid.padEnd(11),
        `${each.by} ${each.action}`.padEnd(23),
        (each.imp_uid ?? '').padEnd(15),
        String(each.claim ?? '').padEnd(9),
        String(each.code ?? 'cut off'),
        summarize(each.text),
      ],
    })),
    ...deliveries.map((each) => {
      const { type, data } = JSON.parse(each.text)
      return {
        at: each.at,
        cells: [
          `${at(each.at)}        `,
          String(data.merchant_uid).padEnd(11),
          `event ${type}`.padEnd(49),
          `${each.status} ${data.status} ${data.sequence}`,
        ],
      }
    }),
    ...faultWindows.map(({ kind, from, to }) => ({
      at: from,
      cells: [`${at(from)} –${at(to)}`, `fault: ${kind}`],
    })),
  ]
  const paymentLines = payments.map(
    (each) =>
      `  ${each.imp_uid} of ${each.merchant_uid}: ${each.status}, ${each.amount} ${each.currency}, ${each.cancel_amount} refunded`,
  )
  const issueLines = issues.map((each) => `  issue ${each.imp_uid} ${each.outcome ?? ''}`)
  return [
    ...rows.toSorted((a, b) => a.at - b.at).map(({ cells }) => `  ${cells.join(' ')}`),
    ...paymentLines,
    ...issueLines,
  ].join('\n')
}

function summarize(text: string): string {
  if (!text.startsWith('{')) return text.slice(-30)
  const { status, sequence, error, reason } = JSON.parse(text)
  return [status, sequence, error, reason].filter((each) => each !== undefined).join(' ')
}
