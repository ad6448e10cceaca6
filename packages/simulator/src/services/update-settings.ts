import type { WebhookSettings } from '../context.ts'
import type { WebhookPlan } from '../domain/channel/channel.ts'
import { flagOf, integerOf, type Params, textOf } from '../runtime/params.ts'

const timings: readonly WebhookPlan['timing'][] = ['before', 'with', 'after', 'never']
const maxTimes = 20

/** Changes the webhook settings a request names; false, without a change, when a value is invalid. */
export function updateWebhookSettings(settings: WebhookSettings, params: Params): boolean {
  const timing = params['timing'] ?? settings.timing
  const contentType = params['content_type'] ?? settings.contentType
  const delayMs = integerOf(params, 'delay_ms') ?? settings.delayMs
  const times = integerOf(params, 'times') ?? settings.times
  const knownTiming = timings.find((each) => each === timing)
  if (knownTiming === undefined || delayMs < 0 || times < 1 || times > maxTimes) return false
  if (contentType !== 'json' && contentType !== 'form') return false
  if ('url' in params && !isHttpUrl(params['url'])) return false

  settings.timing = knownTiming
  settings.contentType = contentType
  settings.delayMs = delayMs
  settings.times = times
  if ('url' in params) settings.url = textOf(params, 'url')
  if ('resend' in params) settings.resend = flagOf(params, 'resend')
  return true
}

/** The settings in the control API's JSON. */
export function serializeWebhookSettings({ contentType, delayMs, ...settings }: WebhookSettings) {
  return { ...settings, content_type: contentType, delay_ms: delayMs }
}

function isHttpUrl(url: unknown): boolean {
  return url === '' || (typeof url === 'string' && /^https?:\/\//.test(url) && URL.canParse(url))
}
