import { spawnSync } from 'node:child_process'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'

// The receivers of the pages about PHP, Java and Python, with events as the payment server signs them.

const secret = 'whsec_dGhlIHNlY3JldCBvZiB0aGUgcmVjZWl2ZXIgaGVyZSE='
const other = 'whsec_YW5vdGhlciBzZWNyZXQgb2YgYW5vdGhlciByZWNlaXZlcg=='
const body = '{"type":"order.paid","data":{"merchant_uid":"주문-1"}}'
const id = 'evt_1'

const programs: readonly (readonly [string, readonly string[]])[] = [
  ['php', ['verify.php']],
  ['java', ['Verify.java']],
  ['python3', ['verify.py']],
]
const run = (command: string, args: readonly string[], input = '') =>
  spawnSync(command, args, {
    cwd: import.meta.dirname,
    input,
    env: { ...process.env, EVENT_SECRET: secret },
  }).status
const isMissing = (command: string) => run(command, ['--version']) !== 0

/** The signature of an event that was sent so many seconds ago. */
function sign(by: string, secondsAgo = 0) {
  const sentAt = new Date(Date.now() - secondsAgo * 1000)
  const signature = new Webhook(by).sign(id, sentAt, body)
  return { timestamp: String(Math.floor(sentAt.getTime() / 1000)), signature }
}

describe.each(programs)('%s', (command, program) => {
  const verify = (timestamp: string, signature: string, sent = body) =>
    run(command, [...program, id, timestamp, signature], sent) === 0

  it.skipIf(isMissing(command))(
    'T228: accepts what the payment server signed, and nothing else',
    () => {
      const { timestamp, signature } = sign(secret)
      const foreign = sign(other)
      const old = sign(secret, 3600)
      expect({
        signed: verify(timestamp, signature),
        'signed with two secrets': verify(timestamp, `${foreign.signature} ${signature}`),
        'of somebody else': verify(timestamp, foreign.signature),
        'another body': verify(timestamp, signature, body.replace('1', '2')),
        'another time': verify(String(Number(timestamp) + 1), signature),
        'an hour old': verify(old.timestamp, old.signature),
        'without a signature': verify(timestamp, ''),
        'without a time': verify('', signature),
      }).toEqual({
        signed: true,
        'signed with two secrets': true,
        'of somebody else': false,
        'another body': false,
        'another time': false,
        'an hour old': false,
        'without a signature': false,
        'without a time': false,
      })
    },
  )
})
