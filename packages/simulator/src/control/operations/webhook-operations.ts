import { type ControlOperation, none } from './control-operation.ts'

/** Webhooks and their settings. */
export const ofWebhooks: readonly ControlOperation[] = [
  {
    method: 'get',
    path: '/webhooks',
    tag: 'webhooks',
    summary: 'Reads the settings and the messages that were sent',
    refusals: none,
  },
  {
    method: 'put',
    path: '/webhooks',
    tag: 'webhooks',
    summary: 'Changes the settings that are named',
    body: {
      url: 'text',
      timing: 'text',
      delay_ms: 'integer',
      times: 'integer',
      content_type: 'text',
      resend: 'flag',
    },
    refusals: [400],
  },
  {
    method: 'post',
    path: '/webhooks/test',
    tag: 'webhooks',
    summary: "Sends the console's test webhook",
    refusals: [409],
  },
  {
    method: 'post',
    path: '/deliveries/{id}/resend',
    tag: 'webhooks',
    summary: 'Sends a message of the log again, as it was',
    refusals: [404, 409],
  },
]
