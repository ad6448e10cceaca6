import type { Language } from '../locales/language.ts'
import type { PictureName } from './illustrations.ts'
import type { Money } from './price.ts'

export interface Product {
  readonly id: string
  readonly picture: PictureName
  readonly price: Money
  readonly name: Readonly<Record<Language, string>>
  readonly description: Readonly<Record<Language, string>>
  readonly detail: Readonly<Record<Language, string>>
  /** The age, in full years, that a buyer has to prove; absent for anybody. */
  readonly minimumAge?: number
}

/** The catalog, and the only place of prices: a browser sends the id of a product, never a price. */
export const products: readonly Product[] = [
  {
    id: 'ujeon-green-tea',
    picture: 'tin',
    price: { minor: 32_000, currency: 'KRW' },
    name: { ko: '하동 우전 녹차', en: 'Hadong first-flush green tea' },
    description: {
      ko: '곡우 전에 딴 첫 잎. 맑고 고소한 끝맛.',
      en: 'First leaves, picked before the spring rains. Clear, with a toasted finish.',
    },
    detail: { ko: '40g · 2026년 봄', en: '40 g · spring 2026' },
  },
  {
    id: 'jirisan-hwangcha',
    picture: 'pouch',
    price: { minor: 24_000, currency: 'KRW' },
    name: { ko: '지리산 황차', en: 'Jirisan amber tea' },
    description: {
      ko: '천천히 익혀 꿀 향이 나는 잎차. 식사 뒤에.',
      en: 'Slowly mellowed leaves with a scent of honey. For after a meal.',
    },
    detail: { ko: '50g · 잎차', en: '50 g · loose leaf' },
  },
  {
    id: 'moon-white-cups',
    picture: 'cups',
    price: { minor: 48_000, currency: 'KRW' },
    name: { ko: '백자 달빛 찻잔 한 쌍', en: 'Moon-white porcelain cups, a pair' },
    description: {
      ko: '손안에 고이는 둥근 백자. 물레로 하나씩.',
      en: 'Round white porcelain that settles in the palm. Thrown one by one.',
    },
    detail: { ko: '120ml · 두 점', en: '120 ml · set of two' },
  },
  {
    id: 'onggi-teapot',
    picture: 'teapot',
    price: { minor: 89_000, currency: 'KRW' },
    name: { ko: '옹기 다관', en: 'Onggi teapot' },
    description: {
      ko: '숨 쉬는 흙, 재를 입힌 유약. 쓸수록 깊어집니다.',
      en: 'Breathing clay under an ash glaze. It deepens with every brew.',
    },
    detail: { ko: '350ml · 거름망 포함', en: '350 ml · strainer included' },
  },
  {
    id: 'celadon-bowl',
    picture: 'bowl',
    price: { minor: 56_000, currency: 'KRW' },
    name: { ko: '청자 연잎 다완', en: 'Celadon lotus bowl' },
    description: {
      ko: '비 갠 하늘빛 유약에 새긴 연잎 한 장.',
      en: 'A single lotus leaf carved under a glaze the colour of sky after rain.',
    },
    detail: { ko: '지름 13cm', en: '13 cm across' },
  },
  {
    id: 'pine-shoot-wine',
    picture: 'bottle',
    price: { minor: 42_000, currency: 'KRW' },
    name: { ko: '솔송주', en: 'Pine-shoot wine' },
    description: {
      ko: '봄 솔순을 넣어 빚은 맑은 약주. 차 마신 저녁에.',
      en: 'Clear rice wine brewed with spring pine shoots. For the evening after tea.',
    },
    detail: { ko: '375ml · 16도 · 만 19세 이상', en: '375 ml · 16 % · ages 19 and over' },
    minimumAge: 19,
  },
  {
    id: 'travellers-gift-box',
    picture: 'gift',
    price: { minor: 6_450, currency: 'USD' },
    name: { ko: '해외 배송 보자기 선물', en: 'Bojagi gift box, shipped abroad' },
    description: {
      ko: '녹차와 찻잔을 조각보에 싸서 해외로 보냅니다.',
      en: 'Green tea and a cup in a patchwork wrap, sent anywhere in the world.',
    },
    detail: {
      ko: '국제 배송 포함 · 달러 결제',
      en: 'Worldwide shipping included · charged in dollars',
    },
  },
]

export function findProduct(id: string): Product | null {
  return products.find((product) => product.id === id) ?? null
}

export const maxQuantity = 5
