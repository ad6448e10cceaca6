// The page `IMP.naver_zzim` opens: it shows the added products in place of Naver's own list.
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { html } from 'hono/html'
import { integerOf, type Params, readBody, recordsOf, textOf } from '../../runtime/params.ts'
import { toAmountText } from '../pages/display-text.ts'
import { layout } from '../pages/layout.ts'
import { toLanguage } from '../pages/page-language.ts'
import { windowMessages } from '../pages/window-messages.ts'

interface WishlistItem {
  readonly name: string
  readonly price: number
}

/** Stores the products a shop's page posts, and shows them to the buyer. */
export function wishlistRoutes(): Hono {
  const wishlists = new Map<string, readonly WishlistItem[]>()
  const app = new Hono()
  app.use('/window/wishlist', cors())

  app.post('/window/wishlist', async (c) => {
    const products = recordsOf(await readBody(c.req.raw), 'naverProducts')
    const id = String(wishlists.size + 1)
    wishlists.set(id, products.map(toWishlistItem))
    return c.json({ redirectUrl: `${new URL(c.req.url).origin}/window/wishlist/${id}` })
  })

  app.get('/window/wishlist/:id', (c) => {
    const list = wishlists.get(c.req.param('id')) ?? []
    const language = toLanguage(undefined, c.req.header('accept-language'))
    const messages = windowMessages[language]
    const items = list.map(
      ({ name, price }) => html`<li>${name} · ${toAmountText(price, 'KRW', language)}</li>`,
    )
    return c.html(
      layout(
        language,
        messages.wishlist,
        html`<main class="end"><h1 tabindex="-1">${messages.wishlist}</h1><ul>${items}</ul><p>${messages.leaveNote}</p></main>`,
      ),
      200,
      { 'content-security-policy': "default-src 'none'; style-src 'self'; script-src 'self'" },
    )
  })

  return app
}

function toWishlistItem(product: Params): WishlistItem {
  return { name: textOf(product, 'name') ?? '', price: integerOf(product, 'uprice') ?? 0 }
}
