import { AccountIdField, NewPasswordField, StandingFields } from './fields.js';

export class CreateAccountDto extends StandingFields {
  @AccountIdField() id!: string;
  @NewPasswordField() password!: string;
}
