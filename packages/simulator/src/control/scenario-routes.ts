import { Hono } from 'hono'
import type { SimulatorContext } from '../context.ts'
import { readBody } from '../runtime/params.ts'
import { isScenarioName, playScenario, scenarios } from '../services/scenarios.ts'
import { serializePayment } from '../wire/serialize-payment.ts'

/** Lists the scenarios, and plays one with a new payment. */
export function scenarioRoutes(context: SimulatorContext): Hono {
  const app = new Hono()
  app.get('/scenarios', (c) => c.json({ scenarios }))
  app.post('/scenarios/:name', async (c) => {
    const name = c.req.param('name')
    if (!isScenarioName(name)) return c.json({ reason: 'scenario_unknown' }, 404)
    const played = playScenario(context, name, await readBody(c.req.raw))
    return played.ok
      ? c.json(serializePayment(played.payment, context.origin))
      : c.json(played.failure, 400)
  })
  return app
}
