import { Hono } from 'hono'
import { banks, cardCompanies, type Institution } from '../../domain/channel/institutions.ts'
import { ownRefusals } from '../../domain/refusals.ts'
import { refuse, succeed } from '../../wire/envelope.ts'

/** The standard codes of banks and card companies. */
export function codes(): Hono {
  const app = new Hono()
  app.route('/', list('/banks', banks))
  app.route('/', list('/cards', cardCompanies))
  return app
}

function list(path: string, institutions: readonly Institution[]): Hono {
  const app = new Hono()
  app.get(path, () => succeed(institutions))
  app.get(`${path}/:code`, (c) => {
    const found = institutions.find(({ code }) => code === c.req.param('code'))
    return found === undefined ? refuse(ownRefusals.codeUnknown) : succeed(found)
  })
  return app
}
