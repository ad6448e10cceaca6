export const loader = () => new Response('the shop')
