import { resolve } from 'node:path';
import { ROLES } from '@onedoor/kernel';
import { PROFILES } from '@onedoor/platform';
import { Command, Option } from 'commander';
import { createAccount, disableAccount, setAccountPassword } from './commands/account.js';
import { applyCity } from './commands/city-apply.js';
import { casesOf, seedDemo } from './commands/demo-seed.js';
import { doctor } from './commands/doctor.js';
import { figures } from './commands/figures.js';
import { importBoston, importCsv } from './commands/import-records.js';
import { logPrepare } from './commands/log-prepare.js';
import { dropParked, listParked, releaseParked } from './commands/parked.js';
import { rebuild } from './commands/rebuild.js';
import { renewIncarnation } from './commands/renew-incarnation.js';
import { replay } from './commands/replay.js';
import { slaCompare } from './commands/sla-compare.js';
import { ENCODINGS } from './import/csv-records.js';
import type { Environment } from './open-engines.js';

const BOSTON = resolve(import.meta.dirname, '../../../config/boston-2011.json');

const jsonOption = (): Option => new Option('--json', 'exactly one JSON document on standard output').default(false);

/** Every command of the command line, with its arguments and options. `environment` says which variables are set. */
export function onedoorProgram(environment: Environment): Command {
  /** A variable that is set to nothing counts as not set, as for the services. */
  const orFrom = (variable: string, option: Option): Option => (environment[variable] === '' ? option : option.env(variable));
  const dataOption = (): Option =>
    orFrom('ONEDOOR_DATA', new Option('--data <folder>', 'the data folder of the embedded profile').default('./data'));
  const profileOption = (): Option =>
    orFrom(
      'ONEDOOR_PROFILE',
      new Option(
        '--profile <profile>',
        'where it is kept: a data folder, or the engines that EVENTSTORE_URL, KAFKA_BROKERS and MONGO_URL name',
      )
        .choices(PROFILES)
        .default('embedded'),
    );

  const withImportOptions = (command: Command): Command =>
    command
      .addOption(new Option('--encoding <encoding>', 'of the file; that of the mapping, or utf-8, when left out').choices(ENCODINGS))
      .option('--until <instant>', 'RFC 3339 with a zone: clocks run up to it, and what came later is not there yet; now when left out')
      .option('--dry-run', 'write nothing, and say what would be imported, changed and rejected', false)
      .addOption(profileOption())
      .addOption(dataOption())
      .addOption(jsonOption());

  const onedoor = new Command('onedoor').description('The front door of city hall, from the command line');

  const imports = onedoor.command('import').description('bring in the records of another system');

  withImportOptions(
    imports
      .command('csv')
      .description(
        "import a city's export of service requests (CSV, plain or gzipped), or bring the data to what a newer one says; " +
          'when killed, it resumes where it is run again',
      )
      .argument('<file>', 'the records')
      .requiredOption(
        '--mapping <json>',
        'how the file is read and what city it is of, as docs/import.md describes it; some are in config/',
      )
      .option('--agreements <csv>', 'what each department agreed to for each type; without it nothing is promised'),
  ).action(importCsv);

  withImportOptions(
    imports
      .command('boston-311')
      .description('the same for a file of Boston 311 records, with the mapping that ships for it')
      .argument('<file>', 'the records')
      .requiredOption('--agreements <csv>', 'what each department agreed to for each type')
      .option('--city <json>', 'another mapping: zone, hours, holidays, columns, outcomes', BOSTON),
  ).action(importBoston);

  onedoor
    .command('city')
    .description('what is agreed in the city')
    .command('apply')
    .description(
      'make the city what a file says: services, departments, calendars, agreements (signed for both sides), rules; twice changes nothing',
    )
    .argument('<file>', 'the city (JSON), as docs/city-file.md describes it')
    .option('--dry-run', 'write nothing, and say what would change', false)
    .addOption(profileOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(applyCity);

  onedoor
    .command('sla')
    .description('service-level agreements')
    .command('compare')
    .description("hold the clocks against the city's own targets and verdicts in a file of records")
    .argument('<file>', 'the records')
    .option('--city <json>', 'the mapping by which the file was imported', BOSTON)
    .addOption(profileOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(slaCompare);

  onedoor
    .command('replay')
    .description('a request and its case as they were known at an instant, and how it came to that')
    .argument('<reference>', 'a reference, or <system>:<id> of a request that came from elsewhere')
    .option('--as-of <instant>', 'RFC 3339 with a zone, inclusive; everything when left out')
    .addOption(profileOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(replay);

  onedoor
    .command('figures')
    .description('what was opened, closed, promised and kept in a period')
    .requiredOption('--from <day>', 'the first local day, YYYY-MM-DD')
    .requiredOption('--to <day>', 'the last local day, YYYY-MM-DD')
    .option('--by <list>', 'department, service, month: what tells the rows apart, separated by commas')
    .option('--csv', 'as CSV on standard output', false)
    .addOption(profileOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(figures);

  onedoor
    .command('rebuild')
    .description('build the read models anew from the log')
    .option('--verify', 'replace none: bring the live ones up to date, build others beside them and compare', false)
    .addOption(profileOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(rebuild);

  onedoor
    .command('doctor')
    .description('look over what is kept, and say what is wrong')
    .addOption(profileOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(doctor);

  onedoor
    .command('log')
    .description('the log on EventStoreDB')
    .command('prepare')
    .description(
      'make the account that EVENTSTORE_URL names, which may append, read and follow and nothing else; ' +
        "passwords come by standard input, a line each, or are asked for: the administrator's, then the auditor's; " +
        "the administrator's name may stand on a line before them",
    )
    .option('--administrator <name>', 'an account of $admins, used once and kept nowhere', 'admin')
    .option('--auditor <name>', 'make an account too that reads only')
    .addOption(profileOption())
    .addOption(jsonOption())
    .action(logPrepare);

  onedoor
    .command('renew-incarnation')
    .description(
      'after the log was restored, or to go on without what it lost, and before anything runs on it: make every position of before void, ' +
        'and remove what was built up to one',
    )
    .addOption(profileOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(renewIncarnation);

  onedoor
    .command('demo')
    .description('the demo city Riverbend')
    .command('seed')
    .description('give it its last six months, before anything else is there and while no OneDoor runs; npm start does so by itself')
    .option('--cases <number>', 'how many cases it has lived through', casesOf, 500)
    .addOption(profileOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(seedDemo);

  const parked = onedoor
    .command('parked')
    .description('messages that fail and wait; a running OneDoor that holds the data folder is asked over HTTP');
  const withParkedOptions = (command: Command): Command =>
    command
      .option('--url <address>', 'of a running OneDoor that holds the data folder', 'http://localhost:3110')
      .option('--token-file <file>', 'a file that holds a token of an administrator, for a running OneDoor')
      .addOption(profileOption())
      .addOption(dataOption())
      .addOption(jsonOption());

  withParkedOptions(
    parked
      .command('list')
      .description('the keys that wait, since when and why, those that wait longest first')
      .option('--group <name>', 'of one consumer, such as routing; all of them when left out'),
  ).action(listParked);

  withParkedOptions(
    parked.command('release').description('retry the messages of a key now').argument('<key>', 'a consumer and a key, as the list says it'),
  ).action(releaseParked);

  withParkedOptions(
    parked
      .command('drop')
      .description('never handle the messages of a key; who decided it and why stays in the log')
      .argument('<key>', 'a consumer and a key, as the list says it')
      .requiredOption('--reason <text>', 'why, in up to 200 characters, naming no person'),
  ).action(dropParked);

  const account = onedoor
    .command('account')
    .description(
      'who may sign in; a password comes by standard input or is asked for; a OneDoor that has the data folder open must be stopped first',
    );

  account
    .command('create')
    .description('create an account: the first administrator comes in by this')
    .argument('<id>', 'the name to sign in with: a desk or a duty, such as streets-desk, never a person')
    .requiredOption('--role <role>', `one of ${ROLES.join(', ')}`)
    .option('--department <code>', 'for the role department, and only for it')
    .addOption(profileOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(createAccount);

  account
    .command('password')
    .description('set another password, and end every session of the account')
    .argument('<id>', 'the account')
    .addOption(profileOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(setAccountPassword);

  account
    .command('disable')
    .description('disable an account: it can sign in no more')
    .argument('<id>', 'the account')
    .addOption(profileOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(disableAccount);
  return onedoor;
}
