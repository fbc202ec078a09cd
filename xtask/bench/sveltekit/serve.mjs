// Serves the built application with as many processes as WORKERS says, which share one port: one
// process of Node uses one processor.
import cluster from 'node:cluster';

if (cluster.isPrimary) {
  for (let number = 0; number < Number(process.env.WORKERS); number += 1) {
    cluster.fork();
  }
} else {
  await import('./build/index.js');
}
