import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { handler } from './handler.ts'

// What API Gateway does to a request: format 2.0 of its events.
createServer(async (incoming, outgoing) => {
  const { pathname, search } = new URL(incoming.url ?? '/', 'http://gateway.example')
  const path = `/${pathname.slice(1)}`
  const event: unknown = {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: search.slice(1),
    headers: incoming.headers,
    requestContext: {
      domainName: 'gateway.example',
      http: { method: incoming.method, path, sourceIp: '192.0.2.1' },
    },
    body: Buffer.from(await text(incoming.setEncoding('latin1')), 'latin1').toString('base64'),
    isBase64Encoded: true,
  }
  const response = await handler(event as Parameters<typeof handler>[0])
  outgoing.writeHead(response.statusCode, response.headers)
  outgoing.end(response.isBase64Encoded ? Buffer.from(response.body, 'base64') : response.body)
}).listen(Number(process.env.PORT))
