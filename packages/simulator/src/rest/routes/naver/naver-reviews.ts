import { Hono } from 'hono'
import type { SimulatorContext } from '../../../context.ts'
import type { Review } from '../../../domain/records.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { integerOf, readBody, readQuery, textOf } from '../../../runtime/params.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'

const reviewRefusals = {
  channelUnknown: { status: 400, code: 1, message: '네이버페이 주문형 채널을 찾을 수 없습니다.' },
  windowInvalid: { status: 400, code: 1, message: '조회 기간이 올바르지 않습니다.' },
  typeInvalid: {
    status: 400,
    code: 1,
    message: 'review_type은 general 또는 premium이어야 합니다.',
  },
} as const satisfies Record<string, Refusal>

/** GET /naver/reviews: buyers' reviews of product orders. */
export function naverReviews({ state, channels }: SimulatorContext): Hono {
  const app = new Hono()
  app.get('/naver/reviews', async (c) => {
    // The description puts `channel_key` into the body of this GET; most clients cannot send one.
    const query = { ...(await readBody(c.req.raw)), ...readQuery(c.req.url) }
    const key = textOf(query, 'channel_key')
    const isKnown = channels.some(
      ({ pg_provider, channel_key }) => pg_provider === 'naverco' && channel_key === key,
    )
    if (!isKnown) return refuse(reviewRefusals.channelUnknown)
    const from = integerOf(query, 'from')
    const to = integerOf(query, 'to')
    if (from === null || to === null || from > to) return refuse(reviewRefusals.windowInvalid)
    const type = textOf(query, 'review_type')
    if (type !== 'general' && type !== 'premium') return refuse(reviewRefusals.typeInvalid)
    const found = [...state.reviews.values()].filter(
      (review) => review.type === type && review.createdAt >= from && review.createdAt <= to,
    )
    return succeed(found.map(serializeReview))
  })
  return app
}

function serializeReview({ product, ...review }: Review) {
  return {
    review_id: review.id,
    score: review.score,
    title: review.title,
    content: review.content,
    product_order_id: review.productOrderId,
    product_id: product.id,
    product_name: product.name,
    product_option_name: product.optionName,
    writer: 'sim****',
    created_at: review.createdAt,
    modified_at: null,
  }
}
