import * as z from 'zod/mini'
import { once } from '../../../once.ts'

// The product lines of Naver Pay, in the provider's own words. Which of the two types an order needs its PG says.

const maxLines = 50
const maxParts = 20
/** Of all lines as JSON: the row of an order holds them. */
const maxCharacters = 8_000

const maxWon = 1_000_000_000
/** What the window shows as it is written: nothing that is not seen, that turns text around, or that no encoding has. */
const text = once(() =>
  z.string().check(z.maxLength(200), z.regex(/^(?=.*\S)[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u)),
)
const url = once(() => z.string().check(z.regex(/^https?:\/\/[^\s\p{Cc}\p{Cf}\p{Cs}]{1,1000}$/u)))
const date = once(() => z.iso.date())
/** `YYYYMMDD`. */
const day = once(() =>
  z.string().check(
    z.regex(/^\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/),
    z.refine((digits) => date().safeParse(digits.replace(/^(.{4})(..)/, '$1-$2-')).success),
  ),
)
const won = once(() => z.int().check(z.nonnegative(), z.maximum(maxWon)))
const pieces = once(() => z.int().check(z.positive(), z.maximum(1_000_000)))
const parts = <Part extends z.ZodMiniType>(part: Part) =>
  z.optional(z.array(part).check(z.maxLength(maxParts)))

const naverPayProduct = once(() =>
  z
    .strictObject({
      categoryType: text(),
      categoryId: text(),
      uid: text(),
      name: text(),
      count: pieces(),
      payReferrer: z.optional(text()),
      startDate: z.optional(day()),
      endDate: z.optional(day()),
      sellerId: z.optional(z.string().check(z.regex(/^[A-Za-z0-9]{1,200}$/))),
    })
    .check(
      z.refine(({ startDate, endDate }) => !startDate || !endDate || startDate <= endDate, {
        path: ['endDate'],
      }),
    ),
)

const option = once(() =>
  z.strictObject({
    optionQuantity: pieces(),
    optionPrice: z.int().check(z.minimum(-maxWon), z.maximum(maxWon)),
    selectionCode: z.optional(text()),
    selections: parts(z.strictObject({ code: text(), label: text(), value: text() })),
  }),
)

const supplement = once(() =>
  z.strictObject({ id: text(), name: text(), price: won(), quantity: pieces() }),
)

const shipping = once(() =>
  z.strictObject({
    /** Empty text: delivered alone. */
    groupId: z.optional(z.string().check(z.regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{0,200}$/u))),
    method: z.optional(
      z.enum(['DELIVERY', 'QUICK_SVC', 'DIRECT_DELIVERY', 'VISIT_RECEIPT', 'NOTHING']),
    ),
    baseFee: won(),
    feeType: z.optional(z.enum(['FREE', 'CHARGE', 'CONDITIONAL_FREE', 'CHARGE_BY_QUANTITY'])),
    feePayType: z.enum(['PREPAYED', 'CASH_ON_DELIVERY']),
    feeRule: z.optional(
      z.strictObject({
        freeByThreshold: z.optional(won()),
        repeatByQty: z.optional(pieces()),
        rangesByQty: parts(z.strictObject({ from: pieces(), surcharge: won() })),
        surchargesByArea: parts(
          z.strictObject({
            area: z.array(z.enum(['island', 'jeju'])).check(z.minLength(1), z.maxLength(2)),
            surcharge: won(),
          }),
        ),
      }),
    ),
  }),
)

const naverOrderProduct = once(() =>
  z
    .strictObject({
      id: text(),
      merchantProductId: z.optional(text()),
      ecMallProductId: z.optional(text()),
      name: text(),
      basePrice: won(),
      taxType: z.optional(z.enum(['TAX', 'TAX_FREE'])),
      quantity: z.optional(pieces()),
      infoUrl: url(),
      imageUrl: url(),
      giftName: z.optional(text()),
      options: parts(option()),
      supplements: parts(supplement()),
      shipping: shipping(),
    })
    .check(
      z.refine(
        ({ basePrice, options = [] }) =>
          options.every(({ optionPrice }) => basePrice + optionPrice >= 0),
        { path: ['options'] },
      ),
    ),
)

const lines = <Line extends z.ZodMiniType>(line: Line) =>
  z.array(line).check(z.minLength(1), z.maxLength(maxLines))

/** The lines of one order: all for `naverpay`, or all for `naverco`. */
export const naverProducts = once(() =>
  z
    .union([lines(naverPayProduct()), lines(naverOrderProduct())])
    .check(z.refine((value) => JSON.stringify(value).length <= maxCharacters)),
)
