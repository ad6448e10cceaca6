// The members we use of clients without types, or with types that reject what the provider accepts.

interface Wire {
  readonly [member: string]: unknown
}

declare module 'iamport' {
  type Call = (param?: Wire) => Promise<Wire>
  type Calls<Names extends string> = Readonly<Record<Names, Call>>

  export default class Iamport {
    static DEFAULT_HOST: string
    static resources: Readonly<Record<string, { readonly prototype: Wire }>>
    constructor(options: { readonly impKey: string; readonly impSecret: string })
    readonly payment: Calls<
      'getByImpUid' | 'getByMerchant' | 'getByStatus' | 'cancel' | 'prepare' | 'getPrepare'
    >
    readonly subscribe: Calls<'onetime' | 'again' | 'schedule' | 'unschedule'>
    readonly subscribe_customer: Calls<
      'get' | 'getCustomers' | 'create' | 'createCustomers' | 'delete' | 'deleteCustomers'
    >
    readonly certification: Calls<'get' | 'delete'>
    readonly vbank: Calls<'create'>
  }
}

declare module 'iamporter' {
  interface Output {
    readonly status: number
    readonly message: string | null
    readonly data: Wire
  }
  type ById = (id: string) => Promise<Output>
  type ByData = (data: Wire) => Promise<Output>

  export class Iamporter {
    constructor(options: {
      readonly apiKey: string
      readonly secret: string
      readonly host: string
    })
    getToken(apiKey?: string, secret?: string): Promise<Output>
    readonly getCertification: ById
    readonly deleteCertification: ById
    readonly findByImpUid: ById
    readonly findByMerchantUid: ById
    findAllByMerchantUid(merchantUid: string, extra?: { readonly status: string }): Promise<Output>
    findAllByStatus(status?: string, extra?: Wire): Promise<Output>
    readonly cancel: ByData
    cancelByImpUid(impUid: string, extra?: Wire): Promise<Output>
    cancelByMerchantUid(merchantUid: string, extra?: Wire): Promise<Output>
    readonly createPreparedPayment: ByData
    readonly getPreparedPayment: ById
    readonly payOnetime: ByData
    readonly paySubscription: ByData
    readonly payForeign: ByData
    readonly createSubscription: ByData
    readonly getSubscription: ById
    readonly deleteSubscription: ById
    readonly createVbank: ByData
  }
}

declare module 'iamport-rest-client-nodejs' {
  interface ClientRequest {
    request(iamport: Iamport): Promise<{ readonly status: number; readonly data: ResponseBody }>
  }
  interface ResponseBody {
    readonly response: Wire
    readonly failed?: unknown
  }
  type Build = (params: Wire) => ClientRequest
  type Builders<Names extends string> = Readonly<Record<Names, Build>>

  export class Iamport {
    constructor(options: {
      readonly apiKey: string
      readonly apiSecret: string
      readonly baseUrl: string
    })
  }

  export const Request: {
    readonly Authenticate: Builders<'getToken'>
    readonly Banks: Builders<'getBanks' | 'getBank'>
    readonly Cards: Builders<'getCards' | 'getCard'>
    readonly Certifications: Builders<'getCertification' | 'deleteCertification'>
    readonly Customers: Builders<
      | 'getBillingKeys'
      | 'postBillingKey'
      | 'getBillingKey'
      | 'deleteBillingKey'
      | 'getPayments'
      | 'getScheduleds'
    >
    readonly Escrows: Builders<'postEscrow' | 'putEscrow'>
    readonly External: Builders<'postReceipt' | 'getReceipt' | 'deleteReceipt'>
    readonly Kakao: Builders<'getOrders'>
    readonly NaverCo: Builders<
      | 'place'
      | 'ship'
      | 'shipExchanged'
      | 'requestReturn'
      | 'withholdReturn'
      | 'resolveReturn'
      | 'rejectReturn'
      | 'approveReturn'
      | 'cancel'
      | 'getProductOrderIds'
      | 'getOrderDetail'
      | 'getReviews'
    >
    readonly NaverPay: Builders<'postPoint' | 'postEscrow' | 'getCashAmount'>
    readonly Payco: Builders<'postOrderStatus'>
    readonly Payments: Builders<
      | 'getByImpUids'
      | 'getByMerchantUids'
      | 'getByStatus'
      | 'getByMerchantUid'
      | 'getAmountByImpUid'
      | 'cancel'
    > & { getByImpUid(params: Wire, headers?: Readonly<Record<string, string>>): ClientRequest }
    readonly Prepare: Builders<'postAmount' | 'getAmount'>
    readonly Receipts: Builders<'postReceipt' | 'getReceipt' | 'deleteReceipt'>
    readonly Subscribe: Builders<
      'onetime' | 'again' | 'schedule' | 'unschedule' | 'getScheduled' | 'getScheduleds'
    >
    readonly Vbanks: Builders<'post' | 'delete' | 'put' | 'getHolder'>
  }
}
