/** How much a line matters. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Facts attached to a line. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where finished lines go. */
export type LogSink = (line: string, level: LogLevel) => void;

const order: Readonly<Record<LogLevel, number>> = { debug: 10, info: 20, warn: 30, error: 40 };

/** Writes structured lines. */
export class Logger {
  readonly #sink: LogSink;
  readonly #minimum: LogLevel;
  readonly #fields: LogFields;

  constructor(sink: LogSink, minimum: LogLevel = 'info', fields: LogFields = {}) {
    this.#sink = sink;
    this.#minimum = minimum;
    this.#fields = fields;
  }

  child(fields: LogFields): Logger {
    return new Logger(this.#sink, this.#minimum, { ...this.#fields, ...fields });
  }

  debug(message: string, fields?: LogFields): void {
    this.#write('debug', message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.#write('info', message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.#write('warn', message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.#write('error', message, fields);
  }

  #write(level: LogLevel, message: string, fields: LogFields = {}): void {
    if (order[level] < order[this.#minimum]) return;
    const line = { level, message, ...this.#fields, ...fields };
    this.#sink(JSON.stringify(line, replaceError), level);
  }
}

/** Errors have no own enumerable properties, so JSON would print `{}`. */
function replaceError(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  return { name: value.name, message: value.message, stack: value.stack };
}

/** A logger for standard output. */
export function consoleLogger(minimum?: LogLevel): Logger {
  return new Logger((line) => process.stdout.write(`${line}\n`), minimum);
}
