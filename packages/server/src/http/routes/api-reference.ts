import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { NONCE, secureHeaders } from 'hono/secure-headers'

/** The viewer of the description, as its publisher packed it: a script and a style, whose hashes the browser checks. */
export const viewer = {
  version: '5.35.0',
  script: 'sha384-gjRm0bEPMeTmMh5jT2cHccIwCUZSTd8YC+j0d0sXw0MdGEfScduGpSyF3ZSSLkX9',
  style: 'sha384-WlYgdmXYOOBWL5apwjDEZwN+U3HmXSSu5R6V5aGxEcf7z+KuRNwBhoxKVN1i3D5I',
} as const

const host = 'https://cdn.jsdelivr.net'
const folder = `${host}/npm/swagger-ui-dist@${viewer.version}`

/**
 * `GET /docs`: a page that shows the OpenAPI description. It can read, and sends no request of the merchant API: a page of
 * this origin is no place for its key.
 */
export function apiReferenceRoutes(): Hono {
  const app = new Hono({ strict: false })
  const headers = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: [host, NONCE],
      styleSrc: [host, "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
  })
  app.get('/docs', headers, (c) => {
    c.header('cache-control', 'no-store')
    return c.html(page(toDescription(c), c.get('secureHeadersNonce') ?? ''))
  })
  return app
}

/** Returns the address of the description from the page, wherever the server is mounted. */
function toDescription(c: Context): string {
  return new URL(c.req.url).pathname.endsWith('/') ? '../openapi.json' : 'openapi.json'
}

const page = (description: string, nonce: string) => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Quayside HTTP API</title>
    <link
      rel="stylesheet"
      href="${folder}/swagger-ui.css"
      integrity="${viewer.style}"
      crossorigin="anonymous"
    />
    <style>
      body {
        margin: 0;
        font-family: system-ui, sans-serif;
      }
      .fallback {
        max-width: 40rem;
        margin: 0 auto;
        padding: 1rem;
        line-height: 1.5;
      }
      .scheme-container {
        display: none;
      }
      /* The viewer's own colours are too pale to read. */
      .swagger-ui .opblock.opblock-get .opblock-summary-method {
        background: #0b62b5;
      }
      .swagger-ui .opblock.opblock-post .opblock-summary-method {
        background: #17794a;
      }
      .swagger-ui .opblock.opblock-put .opblock-summary-method {
        background: #8f5500;
      }
      .swagger-ui .opblock.opblock-delete .opblock-summary-method {
        background: #b91c1c;
      }
      .swagger-ui .info .title small {
        background: #5b6270;
      }
      .swagger-ui .info .title small.version-stamp {
        background: #4d7000;
      }
      .swagger-ui :is(.info .url, .info a, .link) {
        color: #1f6fc4;
      }
      .swagger-ui .parameter__in {
        color: #595959;
      }
      .swagger-ui :is(.markdown, .renderedMarkdown) code {
        color: #7a00e0;
      }
    </style>
  </head>
  <body>
    <div id="reference">
      <main class="fallback">
        <h1>Quayside HTTP API</h1>
        <p>
          The description is <a href="${description}">openapi.json</a>; any OpenAPI tool reads it. The viewer that
          shows it here is loaded from cdn.jsdelivr.net.
        </p>
      </main>
    </div>
    <script
      src="${folder}/swagger-ui-bundle.js"
      integrity="${viewer.script}"
      crossorigin="anonymous"
    ></script>
    <script nonce="${nonce}">
      SwaggerUIBundle({
        url: '${description}',
        dom_id: '#reference',
        supportedSubmitMethods: [],
        defaultModelsExpandDepth: 0,
      })
    </script>
  </body>
</html>`
