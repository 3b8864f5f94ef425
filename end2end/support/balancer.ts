import { once } from 'node:events';
import { createServer, request, type Server as HttpServer } from 'node:http';

/** Sends one request to one node, the next to the other, as a load balancer without stickiness does. */
export async function balance(port: number, nodes: string[]): Promise<HttpServer> {
  let turn = 0;
  const balancer = createServer((incoming, outgoing) => {
    const node = new URL(nodes[turn++ % nodes.length] as string);
    const onward = request(
      { host: '127.0.0.1', port: node.port, path: incoming.url, method: incoming.method, headers: incoming.headers },
      (reply) => {
        outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.writeHead(502).end());
    incoming.pipe(onward);
  });
  balancer.listen(port, '127.0.0.1');
  await once(balancer, 'listening');
  return balancer;
}
