import { Hono } from 'hono'
import type { SimulatorContext } from '../../context.ts'
import { issueToken } from '../../domain/access-token.ts'
import { refusals } from '../../domain/refusals.ts'
import { readBody, textOf } from '../../runtime/params.ts'
import { refuse, succeed } from '../../wire/envelope.ts'

/** POST /users/getToken. */
export function authenticate({ state, clock, credentials, ids }: SimulatorContext): Hono {
  const app = new Hono({ strict: false })
  app.post('/users/getToken', async (c) => {
    const params = await readBody(c.req.raw)
    const impKey = textOf(params, 'imp_key')
    const impSecret = textOf(params, 'imp_secret')
    if (impKey === null || impSecret === null) return refuse(refusals.missingKeys)
    if (impKey !== credentials.impKey || impSecret !== credentials.impSecret) {
      return refuse(refusals.wrongKeys)
    }
    const now = clock.seconds()
    state.token = issueToken(state.token, now, ids.token)
    const { accessToken, expiredAt } = state.token
    return succeed({ access_token: accessToken, now, expired_at: expiredAt })
  })
  return app
}
