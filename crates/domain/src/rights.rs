//! Who may do what: one pure table, role × action. Row policies say the same a second time.

words! {
    Role {
        /// The platform's staff.
        Admin = "admin",
        OwnerDirector = "owner_director",
        OwnerAccountant = "owner_accountant",
        Employee = "employee",
        Tenant = "tenant",
        /// Workers and imports, acting for the owner of the row at hand.
        System = "system",
        /// A person with the unguessable link of one invoice, and nothing else.
        Link = "link",
    }
}

words! {
    Action {
        ReadOwner = "owner.read",
        EditOwner = "owner.edit",
        /// Choose an owner to look at; every look is written down where its director reads it.
        VisitOwner = "owner.visit",
        ReadStaff = "staff.read",
        /// Invite, change a role or its properties, disable.
        EditStaff = "staff.edit",
        ReadAudit = "audit.read",
        ReadEstate = "estate.read",
        EditEstate = "estate.edit",
        /// Files of whatever one sees: photos, plans, signed papers.
        ReadFiles = "files.read",
        /// Add, order, remove; with the right to change what they are of.
        EditFiles = "files.edit",
        ReadTenants = "tenants.read",
        EditTenants = "tenants.edit",
        /// The people whose telephone is a tenant's and who want to see their contracts.
        ReadTenantLinks = "tenant_links.read",
        DecideTenantLinks = "tenant_links.decide",
        ReadContracts = "contracts.read",
        /// Who changed what and why; a contract as it was on a past day.
        ReadContractHistory = "contracts.history",
        DraftContracts = "contracts.draft",
        EditContracts = "contracts.edit",
        /// Say that a contract may be billed.
        ApproveContracts = "contracts.approve",
        TerminateContracts = "contracts.terminate",
        /// Meters and what they showed.
        ReadMeters = "meters.read",
        /// Enter readings; set up and replace meters.
        EditReadings = "readings.edit",
        ReadTariffs = "tariffs.read",
        /// Prices, and how common meters are shared out.
        EditTariffs = "tariffs.edit",
        ReadInvoices = "invoices.read",
        EditInvoices = "invoices.edit",
        /// Give up what a bill still owes, and take that back.
        DecideWriteOffs = "write_offs.decide",
        RunMonth = "month.run",
        /// Close a month's books for good, or open them again.
        LockMonth = "month.lock",
        ReadPayments = "payments.read",
        RecordPayments = "payments.record",
        PayInvoice = "invoice.pay",
        ReadReports = "reports.read",
        Import = "import",
        ReadOutbox = "outbox.read",
        /// Where one rents: find, choose.
        UsePlaces = "places.use",
        RegisterDevice = "devices.register",
        /// One's own name, password, second factor, sessions.
        KeepAccount = "account.keep",
    }
}

impl Role {
    /// The whole matrix at a glance; what is not listed is refused.
    pub fn may(self, action: Action) -> bool {
        use Action::*;
        match self {
            Role::Admin | Role::System => true,
            Role::OwnerDirector => !matches!(action, VisitOwner | UsePlaces),
            Role::OwnerAccountant => !matches!(
                action,
                EditOwner
                    | EditStaff
                    | ReadAudit
                    | TerminateContracts
                    | DecideWriteOffs
                    | LockMonth
                    | VisitOwner
                    | UsePlaces
            ),
            Role::Employee => matches!(
                action,
                ReadOwner
                    | ReadEstate
                    | EditEstate
                    | ReadFiles
                    | EditFiles
                    | ReadTenants
                    | ReadContracts
                    | ReadContractHistory
                    | DraftContracts
                    | ReadMeters
                    | EditReadings
                    | ReadTariffs
                    | ReadInvoices
                    | RegisterDevice
                    | KeepAccount
            ),
            Role::Tenant => matches!(
                action,
                ReadFiles
                    | ReadContracts
                    | ReadMeters
                    | ReadInvoices
                    | ReadPayments
                    | PayInvoice
                    | UsePlaces
                    | RegisterDevice
                    | KeepAccount
            ),
            Role::Link => matches!(action, ReadInvoices | PayInvoice),
        }
    }
}

impl Action {
    /// Changes something of an owner, so there must be one: the platform's staff choose it first.
    pub fn changes_an_owner(self) -> bool {
        use Action::*;
        matches!(
            self,
            EditOwner
                | EditStaff
                | EditEstate
                | EditFiles
                | EditTenants
                | DecideTenantLinks
                | DraftContracts
                | EditContracts
                | ApproveContracts
                | TerminateContracts
                | EditReadings
                | EditTariffs
                | EditInvoices
                | DecideWriteOffs
                | RunMonth
                | LockMonth
                | RecordPayments
                | Import
        )
    }
}

#[cfg(test)]
mod page;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_employee_never_touches_money() {
        for action in
            [Action::EditInvoices, Action::RunMonth, Action::RecordPayments, Action::Import, Action::ReadPayments]
        {
            assert!(!Role::Employee.may(action), "{action}");
        }
    }

    #[test]
    fn a_link_opens_one_invoice_and_no_list() {
        let allowed: Vec<_> = Action::ALL.iter().filter(|a| Role::Link.may(**a)).collect();
        assert_eq!(allowed, [&Action::ReadInvoices, &Action::PayInvoice]);
    }

    #[test]
    fn only_the_platform_goes_from_owner_to_owner() {
        let visitors: Vec<_> = Role::ALL.iter().filter(|role| role.may(Action::VisitOwner)).collect();
        assert_eq!(visitors, [&Role::Admin, &Role::System]);
    }
}
