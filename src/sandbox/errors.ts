import type { Fields } from './types.ts';

/** A refusal by the Web API: `{ ok: false, error: code, … }`, with status 200 as in Slack. */
export class SlackError extends Error {
  readonly code: string;
  readonly details: Fields;

  constructor(code: string, details: Fields = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }

  /** A refusal that names what is wrong line by line, as `response_metadata.messages`. */
  static because(code: string, messages: string[], details: Fields = {}): SlackError {
    return new SlackError(code, { ...details, response_metadata: { messages } });
  }
}

/** A refusal by the control API, in a sentence for whoever writes the test or looks at the page. */
export class ControlError extends Error {
  readonly status: number;

  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}
