import { spawn, spawnSync } from 'node:child_process'
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findFreePort } from './find-free-port.ts'
import { findProgram } from './find-program.ts'
import { stopProcess, workspaceRoot } from './run-app.ts'
import { giveToUnprivilegedAccount, unprivilegedAccount } from './unprivileged-account.ts'
import { waitUntilListening } from './wait-until-listening.ts'

const configuration = path.join(workspaceRoot, 'deploy', 'nginx')

/** nginx with the configuration of deploy/, before servers of this machine. */
export type Nginx = {
  /** Its own certificate, which no authority has signed. */
  certificate: string
  stop(): Promise<void>
}

/** The ports on which nginx listens, for pages and API with TLS and for both without. */
export type NginxPorts = { web: number; api: number; http: number }

/** Starts nginx before these servers, and waits until it takes connections. */
export async function runNginx(
  ports: NginxPorts,
  servers: { web: number[]; api: number[] },
): Promise<Nginx> {
  const program = findProgram('nginx')
  const folder = await mkdtemp(path.join(tmpdir(), 'tend-nginx-'))
  await chmod(folder, 0o755)
  const upstreams = path.join(folder, 'upstreams')
  await mkdir(upstreams)
  // nginx's account may not look into a checkout that is closed to others.
  const included = path.join(folder, 'unavailable.conf')
  await copyFile(path.join(configuration, 'unavailable.conf'), included)
  for (const [name, list] of Object.entries(servers)) {
    const lines = list.map((port) => `server 127.0.0.1:${port} max_fails=0;\n`)
    await writeFile(path.join(upstreams, `${name}.conf`), lines.join(''))
  }
  const { certificate, key } = await makeCertificate(folder)
  const template = await readFile(path.join(configuration, 'tend.conf.template'), 'utf8')
  const site = fillIn(template, {
    TEND_WEB_NAME: 'localhost',
    TEND_API_NAME: 'api.localhost',
    TEND_HTTP_LISTEN: `127.0.0.1:${ports.http}`,
    TEND_WEB_LISTEN: `127.0.0.1:${ports.web}`,
    TEND_API_LISTEN: `127.0.0.1:${ports.api}`,
    TEND_CERTIFICATE: certificate,
    TEND_CERTIFICATE_KEY: key,
    TEND_ACCESS_LOG: path.join(folder, 'access.log'),
    TEND_UPSTREAMS: upstreams,
    TEND_INCLUDES: folder,
  })
  const file = path.join(folder, 'nginx.conf')
  await writeFile(file, describeProcess(folder, site))
  await giveToUnprivilegedAccount(folder, upstreams, included, certificate, key)
  const child = spawn(program, ['-p', folder, '-e', 'stderr', '-c', file], {
    ...unprivilegedAccount,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  await waitUntilListening(ports.api)
  return {
    certificate: await readFile(certificate, 'utf8'),
    async stop() {
      await stopProcess(child, 'SIGTERM')
      await rm(folder, { recursive: true })
    },
  }
}

/** What the image of nginx does with a template: only names that are given are replaced. */
function fillIn(template: string, values: Record<string, string>): string {
  return template.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

/** What the image of nginx brings itself: everything outside the site. */
function describeProcess(folder: string, site: string): string {
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const temporary = kinds.map((kind) => `${kind}_temp_path ${folder}/${kind};`)
  return `daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log error;
events { worker_connections 4096; }
http {
${temporary.join('\n')}
${site}
}
`
}

async function makeCertificate(folder: string) {
  const certificate = path.join(folder, 'fullchain.pem')
  const key = path.join(folder, 'privkey.pem')
  const names = 'subjectAltName=DNS:localhost,DNS:api.localhost'
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const contents = ['-days', '1', '-subj', '/CN=localhost', '-addext', names]
  const { status, stderr } = spawnSync(
    findProgram('openssl'),
    [...request, ...contents, '-keyout', key, '-out', certificate],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`No certificate could be made: ${stderr}`)
  return { certificate, key }
}

/** Free ports for nginx, known before it starts: the servers behind it name them in their settings. */
export async function chooseNginxPorts(): Promise<NginxPorts> {
  return { web: await findFreePort(), api: await findFreePort(), http: await findFreePort() }
}
