// The parts of Express 4 that the sample uses; the package has no declarations of its own.

declare module 'express' {
  import type { RequestListener } from 'node:http'

  export interface ExpressRequest {
    readonly body: unknown
  }

  export interface ExpressResponse {
    status(code: number): ExpressResponse
    send(body: unknown): ExpressResponse
  }

  export type Handler = (request: ExpressRequest, response: ExpressResponse) => void | Promise<void>

  export interface Application extends RequestListener {
    use(middleware: RequestListener): void
    post(path: string, handler: Handler): void
  }

  const express: {
    (): Application
    json(): RequestListener
    urlencoded(options: { readonly extended: boolean }): RequestListener
  }
  export default express
}
