import { IsOptional } from 'class-validator';
import { NewPasswordField, TextField } from '../fields.http.js';

export class SetPasswordDto {
  @NewPasswordField() password!: string;

  /** The one that holds now: asked for when it is one's own. */
  @IsOptional()
  @TextField('current', 200)
  current?: string;
}
