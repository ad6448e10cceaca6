import { html } from 'hono/html'
import type { SimulatorContext } from '../../context.ts'
import type { Html } from '../../runtime/html.ts'
import type { Language } from '../../runtime/language.ts'
import { nextDueAt } from '../../services/next-due.ts'
import type { ConsoleMessages } from '../console-messages.ts'
import { toKoreanTime } from '../korean-time.ts'

const minuteMs = 60_000

/** How far each button moves the clock. */
const moves = [
  ['plusMinute', minuteMs],
  ['plusHour', 60 * minuteMs],
  ['plusDay', 24 * 60 * minuteMs],
  ['plusMonth', 30 * 24 * 60 * minuteMs],
] as const

/** The simulated time and the buttons that move it. */
export function clockForm(
  context: SimulatorContext,
  messages: ConsoleMessages,
  language: Language,
): Html {
  const dueAt = nextDueAt(context)
  const action = `/console/clock?lang=${language}`
  return html`<div data-key="clock"><p><time datetime="${context.clock.now().toISOString()}" data-clock>${timeText(context.clock.now(), language)}</time> <small>${messages.clockMoves}</small></p>
<form class="inline" method="post" action="${action}">
${moves.map(([label, ms]) => html`<button name="advance_ms" value="${ms}">${messages[label]}</button>`)}
<button name="advance_to" value="next_due" ${dueAt === null ? 'disabled' : ''}>${messages.nextDue}</button>
</form>
<p class="quiet">${dueAt === null ? messages.nothingDue : html`${messages.dueNext}: <time datetime="${dueAt.toISOString()}">${timeText(dueAt, language)}</time>`}</p></div>`
}

function timeText(at: Date, language: Language): string {
  const { date, time } = toKoreanTime(at, language)
  return `${date} ${time}`
}
