// Where `IMP.naver_zzim` leads: in the place of Naver's own list, a page that shows what was put on it.
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { html } from 'hono/html'
import { type Params, readBody, recordsOf, textOf, wholeOf } from '../../runtime/params.ts'
import { toAmountText, toLanguage, words } from '../pages/window-messages.ts'
import { layout } from '../pages/window-page.ts'

interface Wish {
  readonly name: string
  readonly price: number
}

/** Takes the products a shop's page names, and shows them to the buyer. */
export function zzimRoutes(): Hono {
  const wishes = new Map<string, readonly Wish[]>()
  const app = new Hono()
  app.use('/window/zzim', cors())

  app.post('/window/zzim', async (c) => {
    const products = recordsOf(await readBody(c.req.raw), 'naverProducts')
    const id = String(wishes.size + 1)
    wishes.set(id, products.map(toWish))
    return c.json({ redirectUrl: `${new URL(c.req.url).origin}/window/zzim/${id}` })
  })

  app.get('/window/zzim/:id', (c) => {
    const list = wishes.get(c.req.param('id')) ?? []
    const language = toLanguage(undefined, c.req.header('accept-language'))
    const say = words[language]
    const items = list.map(
      ({ name, price }) => html`<li>${name} · ${toAmountText(price, 'KRW', language)}</li>`,
    )
    return c.html(
      layout(
        language,
        say.wishes,
        html`<main class="end"><h1 tabindex="-1">${say.wishes}</h1><ul>${items}</ul><p>${say.leaveNote}</p></main>`,
      ),
      200,
      { 'content-security-policy': "default-src 'none'; style-src 'self'; script-src 'self'" },
    )
  })

  return app
}

function toWish(product: Params): Wish {
  return { name: textOf(product, 'name') ?? '', price: wholeOf(product, 'uprice') ?? 0 }
}
