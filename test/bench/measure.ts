/** Runs a command and says what it took; figures of one run are compared with a peer in the same run only. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

export interface Taken {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const ticksPerSecond = 100;

/** CPU and peak memory are read from /proc while the process lives (its own children apart). */
export async function measure(
  command: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly keepOutput?: boolean } = {},
): Promise<Taken> {
  const began = performance.now();
  const child = spawn(command, args, {
    env: { ...process.env, NODE_OPTIONS: "", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [cpuMs, peakMb] = [0, 0];
  const look = (): void => {
    try {
      const stat = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
      cpuMs = ((Number(stat[11]) + Number(stat[12])) * 1000) / ticksPerSecond;
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      peakMb = Math.max(peakMb, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      return; // it has ended between two looks
    }
  };
  const timer = setInterval(look, 20);
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (chunk: Buffer) => options.keepOutput !== false && out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  clearInterval(timer);
  return {
    wallMs: performance.now() - began,
    cpuMs,
    peakMb,
    code,
    stdout: Buffer.concat(out).toString(),
    stderr: Buffer.concat(err).toString(),
  };
}

export function line(name: string, taken: Taken, records: number): string {
  const rate = (ms: number): string => Math.round((records * 1000) / ms).toLocaleString("en");
  return `${name.padEnd(44)} ${rate(taken.wallMs).padStart(8)}/s wall ${rate(taken.cpuMs).padStart(8)}/s CPU ${taken.peakMb.toFixed(0).padStart(5)} MB`;
}
