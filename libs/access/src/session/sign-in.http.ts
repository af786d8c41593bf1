import { TextField } from '../fields.http.js';

/** What somebody signs in with. Of the password's form nothing is said here: that would tell how one must look. */
export class SignInDto {
  @TextField('account', 100) account!: string;
  @TextField('password', 200) password!: string;
}
