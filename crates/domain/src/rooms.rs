//! Words for buildings and the rooms in them.

words! {
    PropertyStatus {
        Active = "active",
        UnderConstruction = "under_construction",
        Decommissioned = "decommissioned",
    }
}

life! {
    PropertyStatus:
    Active => UnderConstruction | Decommissioned,
    UnderConstruction => Active | Decommissioned,
    Decommissioned => Active,
}

words! {
    RoomKind {
        Studio = "studio",
        Apartment = "apartment",
        Office = "office",
        Shop = "shop",
        Storage = "storage",
        Parking = "parking",
        Other = "other",
    }
}

words! {
    /// Whether a room's asking price is for one m² or for the whole room, a month.
    PriceMode {
        PerM2 = "per_m2",
        Flat = "flat",
    }
}

words! {
    /// How a room stands on a day; the definition stands in `rooms_on` (migrations/0013) and docs/spaces.md.
    Occupancy {
        Let = "let",
        /// Let, and about to be free: its end was announced, or comes within the owner's notice days.
        Notice = "notice",
        /// Not let and offered.
        Listed = "listed",
        /// Not let and not offered.
        Vacant = "vacant",
    }
}

words! {
    /// How rooms were made of others.
    Remaking {
        Merge = "merge",
        Split = "split",
    }
}

words! {
    /// The customer as a legal person.
    TenantKind {
        Person = "person",
        Company = "company",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_building_ends_and_may_come_back_but_not_as_a_building_site() {
        use PropertyStatus::*;
        let allowed: Vec<_> = PropertyStatus::ALL
            .iter()
            .flat_map(|from| PropertyStatus::ALL.iter().map(move |to| (*from, *to)))
            .filter(|(from, to)| from.may_become(*to))
            .collect();
        assert_eq!(
            allowed,
            [
                (Active, UnderConstruction),
                (Active, Decommissioned),
                (UnderConstruction, Active),
                (UnderConstruction, Decommissioned),
                (Decommissioned, Active)
            ]
        );
    }
}
