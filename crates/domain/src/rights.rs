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
        ReadEstate = "estate.read",
        EditEstate = "estate.edit",
        ReadTenants = "tenants.read",
        EditTenants = "tenants.edit",
        ReadContracts = "contracts.read",
        DraftContracts = "contracts.draft",
        EditContracts = "contracts.edit",
        TerminateContracts = "contracts.terminate",
        ReadInvoices = "invoices.read",
        EditInvoices = "invoices.edit",
        RunMonth = "month.run",
        ReadPayments = "payments.read",
        RecordPayments = "payments.record",
        PayInvoice = "invoice.pay",
        ReadOutbox = "outbox.read",
        Import = "import",
        RegisterDevice = "devices.register",
        ReadReports = "reports.read",
    }
}

impl Role {
    /// The whole matrix at a glance; what is not listed is refused.
    pub fn may(self, action: Action) -> bool {
        use Action::*;
        match self {
            Role::Admin | Role::System | Role::OwnerDirector => true,
            Role::OwnerAccountant => !matches!(action, EditOwner | TerminateContracts),
            Role::Employee => matches!(
                action,
                ReadOwner
                    | ReadEstate
                    | EditEstate
                    | ReadTenants
                    | ReadContracts
                    | DraftContracts
                    | ReadInvoices
                    | RegisterDevice
            ),
            Role::Tenant => matches!(action, ReadContracts | ReadInvoices | ReadPayments | PayInvoice | RegisterDevice),
            Role::Link => matches!(action, ReadInvoices | PayInvoice),
        }
    }
}

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
}
