import { Injectable } from '@nestjs/common';
import { Departments } from '../department/departments.service.js';
import { Offers } from '../offer/offers.service.js';

/** What rules must find in place before they are published. */
@Injectable()
export class RulesNeeds {
  constructor(
    readonly departments: Departments,
    readonly offers: Offers,
  ) {}
}
