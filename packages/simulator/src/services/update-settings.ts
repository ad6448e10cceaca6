import type { WebhookSettings } from '../context.ts'
import type { WebhookPlan } from '../domain/channel/channel.ts'
import { flagOf, type Params, textOf, wholeOf } from '../runtime/params.ts'

const timings: readonly WebhookPlan['timing'][] = ['before', 'with', 'after', 'never']
const mostTimes = 20

/** Changes the webhook settings a request names and leaves the others; false when a named value is none. */
export function changeWebhook(settings: WebhookSettings, params: Params): boolean {
  const timing = params['timing'] ?? settings.timing
  const contentType = params['content_type'] ?? settings.contentType
  const delayMs = wholeOf(params, 'delay_ms') ?? settings.delayMs
  const times = wholeOf(params, 'times') ?? settings.times
  const knownTiming = timings.find((known) => known === timing)
  if (knownTiming === undefined || delayMs < 0 || times < 1 || times > mostTimes) return false
  if (contentType !== 'json' && contentType !== 'form') return false
  if ('url' in params && !isAddress(params['url'])) return false

  settings.timing = knownTiming
  settings.contentType = contentType
  settings.delayMs = delayMs
  settings.times = times
  if ('url' in params) settings.url = textOf(params, 'url')
  if ('resend' in params) settings.resend = flagOf(params, 'resend')
  return true
}

/** The settings as control and console show them. */
export function presentWebhook({ contentType, delayMs, ...settings }: WebhookSettings) {
  return { ...settings, content_type: contentType, delay_ms: delayMs }
}

function isAddress(url: unknown): boolean {
  return url === '' || (typeof url === 'string' && /^https?:\/\//.test(url) && URL.canParse(url))
}
