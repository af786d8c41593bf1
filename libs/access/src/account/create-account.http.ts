import { AccountIdField, NewPasswordField, StandingFields } from '../fields.http.js';

export class CreateAccountDto extends StandingFields {
  @AccountIdField() id!: string;
  @NewPasswordField() password!: string;
}
