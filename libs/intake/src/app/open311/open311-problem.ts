import { HttpException } from '@nestjs/common';

/** A refusal in Open311's terms: 404 for what does not exist, 403 for the key, 400 for everything else that the client can mend. */
export class Open311Problem extends HttpException {
  constructor(
    status: number,
    readonly descriptions: readonly string[],
  ) {
    super(descriptions.join('; '), status);
  }
}
